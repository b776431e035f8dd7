using Gateway.Core.Health;

namespace Gateway.Tests.Core.Health;

[TestFixture]
internal sealed class ProbeTallyTests
{
    [TestCase("++-", "+++")]
    [TestCase("--+--+", "++++++")]
    [TestCase("---", "++-")]
    [TestCase("---+-+", "++----")]
    [TestCase("---++", "++--+")]
    [TestCase("---++--", "++--+++")]
    public void Falls_after_three_and_rises_after_two_in_a_row(string probes, string verdicts)
    {
        var tally = new ProbeTally();
        var seen = string.Concat(probes.Select(probe =>
        {
            _ = tally.Add(probe == '+');
            return tally.IsUp ? '+' : '-';
        }));
        Assert.That(seen, Is.EqualTo(verdicts));
    }

    [Test]
    public void Tells_when_the_verdict_changes()
    {
        var tally = new ProbeTally();
        Assert.That((bool[])[tally.Add(false), tally.Add(false), tally.Add(false), tally.Add(false)], Is.EqualTo((bool[])[false, false, true, false]));
    }
}
