using System.Text;
using Gateway.Core.Randomness;
using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Telemetry;

[TestFixture]
internal sealed class TraceContextTests
{
    private const string Good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Test]
    public void A_valid_one_is_read_and_written_as_it_was()
    {
        Assert.That(Parse(Good, out var context));
        Assert.That(context, Is.EqualTo(new TraceContext(0x4bf92f3577b34da6, 0xa3ce929d0e0e4736, 0x00f067aa0ba902b7, IsSampled: true)));
        Assert.That(Written(context), Is.EqualTo(Good));
    }

    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", false)]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-fe", false)]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff", true)]
    [TestCase("00-00000000000000010000000000000000-0000000000000001-03", true)]
    [TestCase("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true)]
    [TestCase("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-will-be-like", true)]
    public void Only_the_last_flag_says_that_it_is_sampled(string text, bool isSampled)
    {
        Assert.That(Parse(text, out var context));
        Assert.That(context.IsSampled, Is.EqualTo(isSampled));
    }

    // From the test-suite of the W3C's distributed tracing working group.
    [TestCase("")]
    [TestCase("00")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what")]
    [TestCase("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what")]
    [TestCase("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [TestCase(".0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [TestCase("0.-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [TestCase("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [TestCase("00-.bf92f3577b34da6a3ce929d0e0e4736a-00f067aa0ba902b7-01")]
    [TestCase("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902B7-01")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-.0")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0.")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01")]
    [TestCase("00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01")]
    public void What_breaks_the_grammar_is_none(string text)
    {
        Assert.That(Parse(text, out var context), Is.False);
        Assert.That(context.IsSet, Is.False);
    }

    [Test]
    public void Of_many_traces_the_wanted_share_is_taken()
    {
        var ids = new RequestIds(new Chance(1));
        var lows = Enumerable.Range(0, 10_000).Select(_ => ids.NextTracePart()).ToArray();

        Assert.That(lows.Count(new TraceSampling(true, 0.25).Takes), Is.InRange(2_300, 2_700));
        Assert.That(lows.Count(new TraceSampling(true, 1).Takes), Is.EqualTo(10_000));
        Assert.That(lows.Count(new TraceSampling(true, 0).Takes), Is.Zero);
    }

    private static bool Parse(string text, out TraceContext context) => TraceContext.TryParse(Encoding.ASCII.GetBytes(text), out context);

    private static string Written(TraceContext context)
    {
        var text = new byte[TraceContext.Length];
        context.Write(text);
        return Encoding.ASCII.GetString(text);
    }
}
