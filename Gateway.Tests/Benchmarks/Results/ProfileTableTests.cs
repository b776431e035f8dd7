using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

internal sealed class ProfileTableTests
{
    [Test]
    public void Shares_become_times_of_the_measured_rounds()
    {
        var series = Samples.Series("1k", "gateway", 20) with { Profile = [new CpuShare("kernel: sendmsg", 0.6), new CpuShare("Gateway.Http/Wire", 0.395), new CpuShare("libc", 0.005)] };
        Assert.That(ProfileTable.Of([Samples.Series("1k", "direct", 0), series])!.Skip(1).Select(static row => string.Join('|', row.Skip(3))), Is.EqualTo((string[])
        [
            "kernel: sendmsg|60|12|-",
            "Gateway.Http/Wire|39.5|7.90|-",
            "all else|0.50|0.10|-",
        ]));
    }

    [Test]
    public void Without_a_profile_there_is_no_table() => Assert.That(ProfileTable.Of([Samples.Series("1k", "gateway", 20)]), Is.Null);
}
