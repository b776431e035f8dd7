using System.Text;
using Gateway.Benchmarks.Provider;

namespace Gateway.Tests.Benchmarks.Provider;

internal sealed class AnswerScriptTests
{
    [TestCase("json 1000", false, 1_000, 0)]
    [TestCase("stream 200", true, 200, 0)]
    [TestCase("stream 20 100", true, 20, 100)]
    public void Reads_what_is_asked_for(string text, bool isStream, int size, int gapMs)
    {
        Assert.Multiple(() =>
        {
            Assert.That(AnswerScript.TryParse(Encoding.ASCII.GetBytes(text), out var script), Is.True);
            Assert.That(script, Is.EqualTo(new AnswerScript(isStream, size, gapMs)));
            Assert.That(AnswerScript.TryParse(Encoding.ASCII.GetBytes(script.ToString()), out var again) && again == script, Is.True);
        });
    }

    [Test]
    public void Reads_the_number_of_a_recorded_answer() => Assert.That(
        (AnswerScript.TryParse(Encoding.ASCII.GetBytes($"{AnswerScript.Recorded(12, isStream: true, size: 5)}"), out var script), script.Number),
        Is.EqualTo((true, 12)));

    [TestCase("")]
    [TestCase("recorded 0")]
    [TestCase("recorded 1 2")]
    [TestCase("json")]
    [TestCase("json 0")]
    [TestCase("json 5 5")]
    [TestCase("stream -1")]
    [TestCase("stream 5 -1")]
    [TestCase("stream 5 5 5")]
    [TestCase("stream 99999999")]
    public void Refuses_anything_else(string text) =>
        Assert.That(AnswerScript.TryParse(Encoding.ASCII.GetBytes(text), out _), Is.False);
}
