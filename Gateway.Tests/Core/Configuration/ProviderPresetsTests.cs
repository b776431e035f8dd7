using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Translation;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ProviderPresetsTests
{
    [Test]
    public void Every_preset_reads_and_names_where_it_is()
    {
        Assert.That(ProviderPresets.Names, Has.Count.GreaterThanOrEqualTo(20));
        foreach (var name in ProviderPresets.Names)
        {
            Assert.That(ProviderPresets.Start(name, name).BaseUrl, name == "custom" ? Is.Null : Is.Not.Null, name);
        }
    }

    // What the vendors say of their models (November 2026): window, answer, images, how they are asked to think.
    [TestCase("cerebras", "gpt-oss-120b", 131_072, 16_384, false, ReasoningRequest.Effort)]
    [TestCase("cerebras", "qwen-3.8-27b", 131_072, 16_384, true, ReasoningRequest.Effort)]
    [TestCase("deepseek", "deepseek-flash", 1_000_000, 384_000, true, ReasoningRequest.DeepSeek)]
    [TestCase("deepseek", "deepseek-v4-pro", 1_000_000, 384_000, false, ReasoningRequest.DeepSeek)]
    [TestCase("fireworks", "accounts/fireworks/models/qwen3p8-max", 262_144, 131_072, true, ReasoningRequest.Effort)]
    [TestCase("groq", "llama-3.3-70b-versatile", 131_072, 32_768, false, ReasoningRequest.None)]
    [TestCase("groq", "qwen3.8-27b", 131_072, 16_384, true, ReasoningRequest.None)]
    [TestCase("groq", "openai/gpt-oss-20b", 131_072, 65_536, false, ReasoningRequest.Effort)]
    [TestCase("minimax-openai", "MiniMax-M3", 1_000_000, 524_288, true, ReasoningRequest.Adaptive)]
    [TestCase("minimax-openai", "MiniMax-M2.7", 204_800, 131_072, false, ReasoningRequest.None)]
    [TestCase("moonshot", "kimi-k3", 1_048_576, 0, true, ReasoningRequest.Effort)]
    [TestCase("moonshot", "kimi-k2.6", 262_144, 0, true, ReasoningRequest.Zai)]
    [TestCase("openai", "gpt-4o", 128_000, 16_384, true, ReasoningRequest.None)]
    [TestCase("openai", "gpt-6-sol", 272_000, 128_000, true, ReasoningRequest.Effort)]
    [TestCase("xai", "grok-4.3", 1_000_000, 30_000, true, ReasoningRequest.Effort)]
    [TestCase("zai-openai", "glm-5.3", 1_000_000, 131_072, false, ReasoningRequest.Effort)]
    [TestCase("zai-openai", "glm-5.3-flash", 1_000_000, 131_072, true, ReasoningRequest.Effort)]
    [TestCase("zai-openai", "glm-5.2", 1_000_000, 131_072, false, ReasoningRequest.Zai)]
    [TestCase("zai-openai", "glm-4.7", 204_800, 131_072, false, ReasoningRequest.Zai)]
    public void Models_of_one_vendor_differ(string preset, string model, int window, int output, bool sees, ReasoningRequest request)
    {
        var facts = new Provider(ProviderPresets.Start(preset, preset)).FactsOf(System.Text.Encoding.UTF8.GetBytes(model));
        Assert.That(
            (facts.ContextWindow, facts.MaxOutputTokens, facts.Profile.Vision, facts.Profile.ReasoningRequest),
            Is.EqualTo((window, output, sees, request)));
    }

    [Test]
    public void List_prices_are_plausible()
    {
        foreach (var name in ProviderPresets.Names)
        {
            var preset = ProviderPresets.Start(name, name);
            Assert.That(preset.Prices, preset.Local || name == "custom" ? Is.Empty : Is.Not.Empty, name);
            foreach (var (model, price) in preset.Prices)
            {
                Assert.That(preset.Models.Any(pattern => new ModelPattern(pattern).Matches(System.Text.Encoding.UTF8.GetBytes(model))), Is.True, $"{name} serves no {model}");
                ExpectPlausible(price, $"{name}/{model}");
                if (price.LongContext.AboveTokens > 0)
                {
                    ExpectPlausible(price.LongContext, $"{name}/{model}, long");
                    Assert.That(price.LongContext.InputMicroUsd, Is.GreaterThan(price.InputMicroUsd), $"{name}/{model}");
                }
            }
        }
    }

    // As Anthropic's own page has them.
    [TestCase("claude-opus-5-5", 4_000_000, 20_000_000, 200_000, 5_000_000)]
    [TestCase("claude-opus-5-5-20261001", 4_000_000, 20_000_000, 200_000, 5_000_000)]
    [TestCase("claude-haiku-5-5", 100_000, 500_000, 10_000, 125_000)]
    public void Claude_costs_what_Anthropic_says(string model, long input, long output, long cacheRead, long cacheWrite)
    {
        var price = new Provider(ProviderPresets.Start("anthropic", "anthropic")).Prices.Of(System.Text.Encoding.UTF8.GetBytes(model));
        Assert.That(
            (Million(price, 0), Million(price, 1), Million(price, 2), Million(price, 3)),
            Is.EqualTo((input, output, cacheRead, cacheWrite)));
    }

    [Test]
    public void A_model_that_no_list_has_is_of_unknown_price() =>
        Assert.That(new Provider(ProviderPresets.Start("anthropic", "anthropic")).Prices.Of("claude-opus-9"u8).IsKnown, Is.False);

    [TestCase("\"input_usd_per_million\": 7", 7)]
    [TestCase("\"prices\": { \"glm-5*\": { \"input_usd_per_million\": 8 } }", 8)]
    [TestCase("\"local\": true", 0)]
    [TestCase("\"local\": true, \"input_usd_per_million\": 0.1", 0.1)]
    [TestCase("\"enabled\": true", 1.4)]
    public void Prices_of_ones_own_go_over_the_list(string fields, double dollars)
    {
        var provider = new Provider(ConfigText.Load($$"""{ "providers": { "zai": { "auth": "none", {{fields}} } } }""").Providers[0]);
        var price = provider.Prices.Of("glm-5.3"u8);
        Assert.That((price.IsKnown, price.Estimate(1_000_000, 0)), Is.EqualTo((true, (long)(dollars * 1_000_000))));
    }

    [Test]
    public void Any_other_server_is_custom()
    {
        var provider = ConfigText.Load(
            "{\"providers\": {\"deepseek\": {\"preset\": \"custom\", \"base_url\": \"https://ds.example/v1\", \"api_key\": \"${K}\"}}}", ("K", "secret")).Providers[0];
        Assert.Multiple(() =>
        {
            Assert.That(provider.Dialect, Is.EqualTo(Dialect.OpenAi));
            Assert.That(provider.Auth, Is.EqualTo(AuthKind.Bearer));
            Assert.That(provider.Profile.ReplaysForeignReasoning, Is.False, "nothing of the vendor of its name");
            Assert.That(provider.ContextWindow, Is.Zero);
        });
    }

    [Test]
    public void A_key_is_enough_for_a_vendor()
    {
        var provider = ConfigText.Load("{\"providers\": {\"zai-openai\": {\"api_key\": \"${K}\"}}}", ("K", "secret")).Providers[0];
        Assert.Multiple(() =>
        {
            Assert.That(provider.BaseUrl!.Host, Is.EqualTo("api.z.ai"));
            Assert.That(provider.Dialect, Is.EqualTo(Dialect.OpenAi));
            Assert.That(provider.Profile.ToolStream, Is.True);
            Assert.That(provider.SendsKey, Is.True);
        });
    }

    [Test]
    public void What_is_written_goes_over_the_preset()
    {
        var provider = ConfigText.Load(
            "{\"providers\": {\"mine\": {\"preset\": \"cerebras\", \"api_key\": \"${K}\", \"models\": [\"x\"], \"quirks\": {\"stop\": false}}}}", ("K", "secret")).Providers[0];
        Assert.Multiple(() =>
        {
            Assert.That(provider.Models, Is.EqualTo(["x"]));
            Assert.That(provider.Profile.Stop, Is.False);
            Assert.That(provider.Profile.UsesMaxCompletionTokens, Is.True, "the preset's");
            Assert.That(provider.Name, Is.EqualTo("mine"));
        });
    }

    // What tokens of each kind cost, a thousand of them so that no conversation is long.
    private static long Million(Gateway.Core.Admission.Price price, int kind) => price.Of(new Gateway.Core.Telemetry.Usage(
        kind == 0 ? 1_000 : 0, kind == 1 ? 1_000 : 0, kind == 2 ? 1_000 : 0, kind == 3 ? 1_000 : 0, Gateway.Core.Telemetry.UsageSource.Final)) * 1_000;

    private static void ExpectPlausible(TokenPrices price, string model) => Assert.Multiple(() =>
    {
        Assert.That(price.InputMicroUsd, Is.InRange(10_000, 60_000_000), model);
        Assert.That(price.OutputMicroUsd, Is.InRange(price.InputMicroUsd, 300_000_000), model);
        Assert.That(price.CacheReadMicroUsd, Is.InRange(1, price.InputMicroUsd), model);
        Assert.That(price.CacheWriteMicroUsd, Is.InRange(price.InputMicroUsd / 2, price.InputMicroUsd * 2), model);
    });

    [Test]
    public void The_reference_lists_them_all() =>
        Assert.That(SourceTree.Read("docs/configuration.md").ReplaceLineEndings(" "), Does.Contain(string.Join(", ", ProviderPresets.Names)));
}
