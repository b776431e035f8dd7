using Gateway.Benchmarks.Cli;
using Gateway.Benchmarks.Results;
using Gateway.Tests.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Cli;

internal sealed class DiffCommandTests
{
    [TestCase("gateway", 10, 20, 1)]
    [TestCase("target", 10, 20, 1)]
    [TestCase("gateway", 20, 10, 0)]
    [TestCase("gateway", 10, 10, 0)]
    public void The_gateway_alone_decides(string side, double before, double after, int code)
    {
        // The provider and a peer are worse in any case.
        var comparisons = Comparison.Of(
            Samples.Run(Rounds("direct", 10), Rounds("nginx", 10), Rounds(side, before)), Samples.Run(Rounds("direct", 5), Rounds("nginx", 20), Rounds(side, after)));
        Assert.That(DiffCommand.ExitCode(comparisons), Is.EqualTo(code));
    }

    [Test]
    public void Nothing_that_could_be_compared_is_no_success()
    {
        var (before, after) = (Samples.Run(Rounds("gateway", 10)), Samples.Run(Rounds("gateway", 10) with { Conditions = null }));
        Assert.Multiple(() =>
        {
            Assert.That(DiffCommand.ExitCode(Comparison.Of(before, after)), Is.EqualTo(BenchmarkCommandLine.Usage));
            Assert.That(DiffCommand.ExitCode(Comparison.Of(before, Samples.Run())), Is.EqualTo(BenchmarkCommandLine.Usage));
        });
    }

    [Test]
    public void What_keeps_two_runs_from_being_compared_stands_below()
    {
        var (before, after) = (Samples.Run(Rounds("gateway", 10)), Samples.Run(Rounds("gateway", 10) with { Conditions = Samples.Conditions with { Seconds = 9 } }));
        Assert.That(DiffCommand.Text(before, after, Comparison.Of(before, after), showsAll: true), Does.Contain("unlike").And.Contain("rounds of 9 s"));
    }

    private static Series Rounds(string side, double cost) => Samples.Series("1k", side, cost) with { Rounds = [.. Enumerable.Repeat(Samples.Round(cost), 5)] };
}
