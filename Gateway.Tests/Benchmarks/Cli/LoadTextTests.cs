using Gateway.Benchmarks.Cli;
using Gateway.Benchmarks.Results;
using Gateway.Tests.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Cli;

internal sealed class LoadTextTests
{
    [Test]
    public void A_failover_that_never_was_says_so()
    {
        const string Remark = "no answer took more than one attempt";
        var never = Samples.Series("failover", "gateway", 28);
        var once = never with { Whole = never.Whole with { Retried = never.Whole.Total } };
        Assert.Multiple(() =>
        {
            Assert.That(LoadText.Of([never], comparesPeers: false, "perf"), Does.Contain(Remark));
            Assert.That(LoadText.Of([once], comparesPeers: false, "perf"), Does.Not.Contain(Remark));
            Assert.That(LoadText.Of([Samples.Series("1k", "gateway", 28)], comparesPeers: false, "perf"), Does.Not.Contain(Remark));
        });
    }

    [Test]
    public void What_went_wrong_stands_there_and_a_side_without_an_answer()
    {
        var well = Samples.Series("1k", "direct", 28);
        var wrong = Samples.Series("1k", "gateway", 28);
        wrong = wrong with { Whole = wrong.Whole with { Requests = 0, Faults = new Dictionary<string, long> { ["status 529"] = 7, ["no head: NothingReceived"] = 9 } } };
        Assert.Multiple(() =>
        {
            Assert.That(LoadText.Of([well, wrong], comparesPeers: false, "perf"), Does.Match("NothingReceived +9 +56.3\n.*status 529 +7 +43.8").And.Contain("1k, closed loop, 32 clients, gateway: no answer; all that was asked went wrong"));
            Assert.That(LoadText.Of([well], comparesPeers: false, "perf"), Does.Not.Contain("went wrong").And.Not.Contain("no answer").And.Not.Contain("faults"));
            Assert.That((LoadCommand.HasFailed([well]), LoadCommand.HasFailed([well, wrong])), Is.EqualTo((false, true)));
        });
    }

    [Test]
    public void System_calls_say_what_counted_them_or_why_nothing_did()
    {
        var silent = Samples.Series("1k", "gateway", 28);
        var counted = silent with { Whole = silent.Whole with { Syscalls = new SyscallCost(4.1, null) } };
        Assert.Multiple(() =>
        {
            Assert.That(LoadText.Of([counted], comparesPeers: false, "strace"), Does.Contain("counted with strace").And.Contain("calls/req"));
            Assert.That(LoadText.Of([silent], comparesPeers: false, null), Does.Contain("neither perf nor strace"));
            Assert.That(LoadText.Of([silent], comparesPeers: false, "perf"), Does.Not.Contain("System calls"), "a gateway that ran already is not ours to look at");
            Assert.That(LoadText.Of([Samples.Series("1k", "direct", 0)], comparesPeers: false, null), Does.Contain("--gateway").And.Not.Contain("System calls"));
        });
    }

    [Test]
    public void Where_the_CPU_time_goes_stands_there_if_it_was_looked_at()
    {
        var plain = Samples.Series("1k", "gateway", 28);
        Assert.Multiple(() =>
        {
            Assert.That(LoadText.Of([plain], comparesPeers: false, "perf"), Does.Not.Contain("Where the CPU time goes"));
            Assert.That(LoadText.Of([plain with { Profile = [new CpuShare("kernel: sendmsg", 1)] }], comparesPeers: false, "perf"), Does.Contain("Where the CPU time goes").And.Contain("kernel: sendmsg"));
        });
    }

    [Test]
    public void Loads_that_differ_in_their_rate_alone_can_be_told_apart_in_each_table()
    {
        var rates = from rate in (string[])["500/s", "8000/s"] from side in (string[])["direct", "gateway", "nginx"] select Samples.Series("40k", side, 1) with { Pace = rate, Rate = rate.Length };
        var lines = LoadText.Of([.. rates], comparesPeers: true, "perf").Split('\n').Where(static line => line.StartsWith("40k", StringComparison.Ordinal)).ToArray();
        Assert.That(lines, Has.Length.GreaterThan(10).And.All.Match("500/s|8000/s"));
    }
}
