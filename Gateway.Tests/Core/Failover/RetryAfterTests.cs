using System.Text;
using Gateway.Core.Failover;

namespace Gateway.Tests.Core.Failover;

[TestFixture]
internal sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [TestCase("", "", -1)]
    [TestCase("7", "", 7_000)]
    [TestCase("0", "", 0)]
    [TestCase("1.5", "", 1_500)]
    [TestCase("7", "250", 250)]
    [TestCase("7", "later", 7_000)]
    [TestCase("Mon, 23 Nov 2026 12:00:30 GMT", "", 30_000)]
    [TestCase("Mon, 23 Nov 2026 11:00:00 GMT", "", 0)]
    [TestCase("-1", "", -1)]
    [TestCase("soon", "", -1)]
    [TestCase("7s", "", -1)]
    public void Is_read_in_every_form_there_is(string value, string milliseconds, long expected) =>
        Assert.That(RetryAfter.Read(Encoding.ASCII.GetBytes(value), Encoding.ASCII.GetBytes(milliseconds), Now), Is.EqualTo(expected));

    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(1_001, 2)]
    [TestCase(3_600_000, 60)]
    public void Is_told_in_seconds_that_a_client_accepts(long milliseconds, int seconds) =>
        Assert.That(RetryAfter.ForClient(milliseconds), Is.EqualTo(seconds));
}
