using Gateway.Core.Admission;
using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Admission;

[TestFixture]
internal sealed class ProviderPricesTests
{
    private static readonly ProviderConfig Config = new()
    {
        Name = "p",
        BaseUrl = new Uri("https://p.example"),
        Price = new PriceConfig { InputMicroUsd = 1 },
        Prices = [new("m-*", new PriceConfig { InputMicroUsd = 2 }), new("m-large", new PriceConfig { InputMicroUsd = 3 })],
    };

    [TestCase("m-large", 3)]
    [TestCase("m-small", 2)]
    [TestCase("other", 1)]
    public void A_model_costs_what_is_written_of_it_and_else_what_the_provider_costs(string model, long perMillion) =>
        Assert.That(Of(Config, model).Of(new Usage(1_000_000, 0, 0, 0, UsageSource.Final)), Is.EqualTo(perMillion));

    [Test]
    public void What_nobody_wrote_is_unknown() => Assert.That(Of(Config with { Price = new PriceConfig() }, "other").IsKnown, Is.False);

    [Test]
    public void Ones_own_server_and_what_is_built_in_are_free()
    {
        var unpriced = Config with { Price = new PriceConfig(), Prices = [] };
        Assert.Multiple(() =>
        {
            Assert.That(Of(unpriced with { Local = true }, "m"), Has.Property("IsFree").True.And.Property("IsKnown").True.And.Property("Blend").Zero);
            Assert.That(Of(unpriced with { BaseUrl = null }, "m"), Has.Property("IsFree").True);
            Assert.That(Of(unpriced, "m"), Has.Property("IsFree").False);
            Assert.That(Of(Config with { Local = true }, "other"), Has.Property("IsFree").False, "its operator says what its power costs");
        });
    }

    private static Price Of(ProviderConfig config, string model) => new ProviderPrices(config).Of(System.Text.Encoding.UTF8.GetBytes(model));
}
