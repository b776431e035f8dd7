using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class RetryAdviceTests
{
    [TestCase(1500, "", 2)]
    [TestCase(3600_000, "", 60)]
    [TestCase(0, "try again in 35.9s", 1)]
    [TestCase(-1, "try again in 35.9s", 36)]
    [TestCase(-1, "no", -1)]
    public void Rounds_up_and_never_asks_for_more_than_a_minute(long retryAfterMs, string message, int expected) =>
        Assert.That(
            RetryAdvice.Seconds(retryAfterMs, Encoding.UTF8.GetBytes(message)),
            Is.EqualTo(expected));

    [TestCase(-1, "slow down", 12_400, 13)]
    [TestCase(-1, "try again in 2s", 12_400, 2)]
    [TestCase(5000, "", 12_400, 5)]
    [TestCase(-1, "slow down", -1, -1)]
    public void Goes_by_the_limits_where_nothing_else_is_said(long retryAfterMs, string message, long untilResetMs, int expected) =>
        Assert.That(RetryAdvice.Seconds(retryAfterMs, Encoding.UTF8.GetBytes(message), untilResetMs), Is.EqualTo(expected));
}
