using System.Text.Json.Nodes;
using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

internal sealed class ResultJsonTests
{
    private string _file = "";

    [SetUp]
    public void NameFile() => _file = Path.Combine(Path.GetTempPath(), $"result-{Guid.NewGuid():N}.json");

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [Test]
    public void What_was_saved_is_what_is_loaded()
    {
        ResultJson.Save(Samples.Run(Samples.Series("1k", "gateway", 28.5)), _file);
        var loaded = ResultJson.Load(_file);
        Assert.Multiple(() =>
        {
            Assert.That(loaded.Command, Is.EqualTo("load --workload 1k"));
            Assert.That(loaded.Machine.Processor, Is.EqualTo("a processor"));
            Assert.That(loaded.Series[0].Whole.CpuPerRequest, Is.EqualTo(28.5));
            Assert.That(loaded.Series[0].TotalCurve[2], Is.EqualTo(new CurvePoint(99, 300)));
        });
    }

    [Test]
    public void Nothing_where_something_must_be_is_refused_by_name()
    {
        ResultJson.Save(Samples.Run(), _file);
        var run = JsonNode.Parse(File.ReadAllText(_file))!;
        run["machine"] = null;
        File.WriteAllText(_file, run.ToJsonString());
        Assert.That(() => ResultJson.Load(_file), Throws.TypeOf<InvalidDataException>().With.Message.Contains("machine").IgnoreCase);
    }

    [TestCase("{}")]
    [TestCase("not JSON")]
    public void Anything_else_is_refused(string text)
    {
        File.WriteAllText(_file, text);
        Assert.That(() => ResultJson.Load(_file), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void Another_form_is_refused()
    {
        ResultJson.Save(Samples.Run() with { Form = LoadResult.CurrentForm + 1 }, _file);
        Assert.That(() => ResultJson.Load(_file), Throws.TypeOf<InvalidDataException>());
    }
}
