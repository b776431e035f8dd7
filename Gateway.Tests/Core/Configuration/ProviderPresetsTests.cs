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

    [Test]
    public void The_reference_lists_them_all() =>
        Assert.That(SourceTree.Read("docs/configuration.md").ReplaceLineEndings(" "), Does.Contain(string.Join(", ", ProviderPresets.Names)));
}
