using Gateway.Benchmarks.Cli;

namespace Gateway.Tests.Benchmarks.Cli;

/// <summary>Nothing is written over that should stay, and nothing is begun that can't be written.</summary>
internal sealed class ReportCommandTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("report-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [TestCase("page.md", "where the table goes")]
    [TestCase("run.json", "would replace")]
    [TestCase("nowhere/page.html", "a folder that is there")]
    [TestCase(".", "a folder that is there")]
    public void A_page_that_would_do_harm_or_has_no_place_is_refused(string page, string message) =>
        Assert.That(ReportCommand.Refusal([In("run.json")], In(page)), Does.StartWith("--output: ").And.Contain(message));

    [Test]
    public void Any_other_is_written_and_to_look_leaves_nothing_behind()
    {
        Assert.That(ReportCommand.Refusal([In("run.json")], In("page.html")), Is.Null);
        Assert.That(_folder.GetFiles(), Is.Empty);
    }

    private string In(string file) => Path.Combine(_folder.FullName, file);
}
