using Gateway.Core.Configuration;
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
