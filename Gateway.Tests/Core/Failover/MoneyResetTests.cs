using System.Text;
using Gateway.Core.Failover;

namespace Gateway.Tests.Core.Failover;

[TestFixture]
internal sealed class MoneyResetTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 22, 0, 0, TimeSpan.Zero);

    [TestCase("""{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC."}}""", 2 * 3600)]
    [TestCase("You have reached your specified workspace API usage limits. You will regain access on 2026-12-01.", 2 * 3600)]
    [TestCase("You will regain access on 2026-12-01 at 01:30 UTC", (2 * 3600) + 5400)]
    [TestCase("You will regain access on 2026-11-01 at 00:00 UTC", 0)]
    [TestCase("""{"error":{"type":"rate_limit_error","details":{"error_code":"enforced_spend_limit_reached"}}}""", 2 * 3600)]
    [TestCase("""{"error":{"type":"usage_limit_reached","resets_in_seconds":602639}}""", 602639)]
    public void Is_read_where_a_vendor_says_so(string body, int seconds) =>
        Assert.That(MoneyReset.Read(Encoding.UTF8.GetBytes(body), Now), Is.EqualTo(seconds * 1000L));

    [TestCase("")]
    [TestCase("Your credit balance is too low to access the Anthropic API.")]
    [TestCase("regain access on 2026-99-99")]
    [TestCase("\"resets_in_seconds\": null")]
    public void Is_not_made_up(string body) => Assert.That(MoneyReset.Read(Encoding.UTF8.GetBytes(body), Now), Is.EqualTo(-1));

    [Test]
    public void Bytes_that_are_no_text_do_no_harm()
    {
        var random = new Random(1);
        var bytes = new byte[200];
        for (var i = 0; i < 1_000; i++)
        {
            random.NextBytes(bytes);
            Assert.That(MoneyReset.Read(bytes, Now), Is.EqualTo(-1));
        }
    }
}
