using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class RateLimitFieldsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [TestCase("x-ratelimit-limit-requests", "60", "anthropic-ratelimit-requests-limit", "60")]
    [TestCase("X-RateLimit-Remaining-Tokens", "149984", "anthropic-ratelimit-tokens-remaining", "149984")]
    [TestCase("x-ratelimit-remaining-tokens-minute", "7", "anthropic-ratelimit-tokens-remaining", "7")]
    [TestCase("x-ratelimit-reset-requests", "2m59.56s", "anthropic-ratelimit-requests-reset", "2026-01-01T00:02:59Z")]
    [TestCase("x-ratelimit-reset-tokens", "250ms", "anthropic-ratelimit-tokens-reset", "2026-01-01T00:00:00Z")]
    [TestCase("x-ratelimit-reset-tokens", "12", "anthropic-ratelimit-tokens-reset", "2026-01-01T00:00:12Z")]
    [TestCase("x-ratelimit-reset-tokens", "1h", "anthropic-ratelimit-tokens-reset", "2026-01-01T01:00:00Z")]
    [TestCase("x-ratelimit-reset-tokens", "1767225660", "anthropic-ratelimit-tokens-reset", "2026-01-01T00:01:00Z")]
    public void Renames_a_field(string name, string value, string expectedName, string expectedValue) =>
        Assert.That(Read(name, value), Is.EqualTo((expectedName, expectedValue)));

    [TestCase("x-ratelimit-limit-images", "1")]
    [TestCase("x-ratelimit-reset-tokens", "soon")]
    [TestCase("retry-after", "1")]
    [TestCase("x-rate", "1")]
    public void Leaves_others_alone(string name, string value) => Assert.That(Read(name, value), Is.Null);

    [TestCase("12.4s", 12_400)]
    [TestCase("2m59.56s", 179_560)]
    [TestCase("8", 8_000)]
    [TestCase("-3", 0)]
    [TestCase("soon", -1)]
    public void Tells_how_long_until_the_reset(string value, long expected) =>
        Assert.That(RateLimitFields.UntilReset(Encoding.ASCII.GetBytes(value), Now), Is.EqualTo(expected));

    private static (string Name, string Value)? Read(string name, string value) =>
        RateLimitFields.Translate(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value), Now);
}
