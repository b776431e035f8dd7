using System.Text;
using Gateway.Benchmarks.Load;

namespace Gateway.Tests.Benchmarks.Load;

internal sealed class ServerTimingTests
{
    [TestCase("queue;dur=0.012, provider;dur=30.000, gateway;dur=0.043", 30_000_000)]
    [TestCase("queue;dur=0.012, provider;dur=2", 2_000_000)]
    [TestCase("queue;dur=0.012", 0)]
    public void The_providers_part_is_found_by_its_name(string value, long nanoseconds) =>
        Assert.That(ServerTiming.Of(Encoding.ASCII.GetBytes(value), "provider;"u8), Is.EqualTo(nanoseconds));

    [TestCase("queue;dur=0.012, connect;dur=0.300, provider;dur=30.000, gateway;dur=0.043", 30_355_000)]
    [TestCase("miss, db;desc=\"a name\";dur=2", 2_000_000)]
    [TestCase("cache;dur=none, miss", 0)]
    [TestCase("", 0)]
    public void All_durations_are_added(string value, long nanoseconds) =>
        Assert.That(ServerTiming.Sum(Encoding.ASCII.GetBytes(value)), Is.EqualTo(nanoseconds));
}
