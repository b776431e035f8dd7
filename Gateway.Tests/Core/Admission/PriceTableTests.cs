using Gateway.Core.Admission;
using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Admission;

[TestFixture]
internal sealed class PriceTableTests
{
    private readonly PriceTable _prices = new(
    [
        new("*", new PriceConfig { InputMicroUsd = 1 }),
        new("claude-*", new PriceConfig { InputMicroUsd = 2 }),
        new("claude-opus-*", new PriceConfig { InputMicroUsd = 5_000_000, OutputMicroUsd = 25_000_000, CacheReadMicroUsd = 500_000, CacheWriteMicroUsd = 6_250_000 }),
        new("claude-opus-4", new PriceConfig { InputMicroUsd = 4 }),
    ]);

    [TestCase("claude-opus-4", 4)]
    [TestCase("claude-opus-5", 5_000_000)]
    [TestCase("claude-haiku", 2)]
    [TestCase("gpt", 1)]
    public void Exact_names_win_over_prefixes_and_longer_ones_over_shorter(string model, long perMillion) => Assert.That(
        _prices.Find(System.Text.Encoding.UTF8.GetBytes(model))!.Of(new Usage(1_000_000, 0, 0, 0, UsageSource.Final)), Is.EqualTo(perMillion));

    [Test]
    public void Each_kind_of_token_has_its_price_and_fractions_are_rounded_up()
    {
        var price = _prices.Find("claude-opus-5"u8)!;
        Assert.That(price.Of(new Usage(1_000, 100, 10_000, 2_000, UsageSource.Final)), Is.EqualTo(5_000 + 2_500 + 5_000 + 12_500));
        Assert.That(price.Of(new Usage(0, 0, 1, Usage.NotReported, UsageSource.Final)), Is.EqualTo(1));
    }

    [Test]
    public void An_estimate_takes_the_dearer_input() =>
        Assert.That(_prices.Find("claude-opus-5"u8)!.Estimate(1_000_000, 1_000_000), Is.EqualTo(6_250_000 + 25_000_000));

    [TestCase(100, 0, 0, ExpectedResult = 100)]
    [TestCase(101, 0, 0, ExpectedResult = 505)]
    [TestCase(1, 60, 40, ExpectedResult = 5 + 60 + 200, Description = "What the cache holds counts too")]
    [TestCase(1, 60, Usage.NotReported, ExpectedResult = 1)]
    public long Long_conversations_cost_more_as_a_whole(long input, long cacheRead, long cacheWrite)
    {
        var price = new Price(new PriceConfig
        {
            InputMicroUsd = 1_000_000,
            LongContext = new LongContextPrices { AboveTokens = 100, InputMicroUsd = 5_000_000, CacheReadMicroUsd = 1_000_000, CacheWriteMicroUsd = 5_000_000, OutputMicroUsd = 9_000_000 },
        });
        Assert.That((price.Estimate(100, 1), price.Estimate(101, 1)), Is.EqualTo((100, 505 + 9)));
        return price.Of(new Usage(input, 0, cacheRead, cacheWrite, UsageSource.Final));
    }

    [Test]
    public void What_is_not_written_has_no_price() => Assert.That(new PriceTable([]).Find("m"u8), Is.Null);
}
