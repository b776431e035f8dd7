using Gateway.Host.Import;
using Gateway.Tests.Architecture;
using Gateway.Tests.Core.Configuration;

namespace Gateway.Tests.Host.Import;

[TestFixture]
internal sealed class RivalFileTests
{
    private const string Golden = "Gateway.Tests/Host/Import/Golden/";

    [TestCase("router.config.json", "router.gateway.json", "router.remarks.txt")]
    [TestCase("litellm.config.yaml", "litellm.gateway.json", "litellm.remarks.txt")]
    public void A_file_becomes_ours(string theirs, string ours, string remarks)
    {
        var imported = RivalFile.Import(SourceTree.Read(Golden + theirs), includesSecrets: false);
        Assert.Multiple(() =>
        {
            Assert.That(Gateway.Core.Schema.JsonLayout.Indented(json => imported.File.WriteTo(json)), Is.EqualTo(SourceTree.Read(Golden + ours)));
            Assert.That(string.Concat(imported.Remarks.Select(remark => remark + "\n")), Is.EqualTo(SourceTree.Read(Golden + remarks)));
        });
    }

    [TestCase("router.gateway.json", "openrouter", "deepseek", "ollama", "gemini", "my-server", "synthetic")]
    [TestCase("litellm.gateway.json", "anthropic", "openrouter", "ollama_chat", "openai-custom", "openai", "synthetic")]
    public void What_was_imported_is_read_by_the_gateway(string ours, params string[] providers)
    {
        var config = ConfigText.Load(SourceTree.Read(Golden + ours), Keys);
        Assert.That(config.Providers.Select(provider => provider.Name), Is.SubsetOf(providers));
        Assert.That(config.Providers.Select(provider => provider.Enabled), Has.All.True);
    }

    [TestCase("router.config.json")]
    [TestCase("litellm.config.yaml")]
    public void Keys_are_copied_only_for_who_asks_for_them(string theirs)
    {
        var text = SourceTree.Read(Golden + theirs);
        var without = RivalFile.Import(text, includesSecrets: false);
        Assert.That(without.File.ToJsonString() + string.Concat(without.Remarks), Does.Not.Contain("canary"));
        Assert.That(RivalFile.Import(text, includesSecrets: true).File.ToJsonString(), Does.Contain("sk-literal-canary"));
    }

    [Test]
    public void A_server_with_a_vendors_name_does_not_get_the_vendors_preset()
    {
        var imported = RivalFile.Import("""{ "Providers": [{ "name": "groq", "api_base_url": "https://llm.example.com/v1/chat/completions", "api_key": "$K" }] }""", false);
        Assert.That(imported.File["providers"]!["groq-custom"]!["base_url"]!.ToString(), Is.EqualTo("https://llm.example.com/v1"));
    }

    [Test]
    public void A_fallback_that_was_left_out_is_named() => Assert.That(
        RivalFile.Import("""
            model_list:
              - { model_name: near, litellm_params: { model: anthropic/claude-haiku-5-5, api_key: os.environ/K } }
              - { model_name: far, litellm_params: { model: azure/gpt-5 } }
            router_settings: { fallbacks: [ { near: [far] } ] }
            """, false).Remarks,
        Does.Contain("near falls back to far, which was not carried over."));

    [Test]
    public void A_search_of_the_web_that_nobody_can_run_is_named() => Assert.That(
        RivalFile.Import("""
            { "Providers": [{ "name": "gemini", "api_base_url": "https://generativelanguage.googleapis.com/v1beta/models/", "api_key": "$K", "models": ["gemini-3-pro"] }],
              "Router": { "default": "gemini,gemini-3-pro", "webSearch": "gemini,gemini-3-pro" } }
            """, false).Remarks,
        Has.Some.Contain("Router.webSearch leads to gemini").And.Some.Contain("supports_server_tools"));

    [TestCase("{ \"providers\": 1, ", "no JSON")]
    [TestCase("a: [", "no YAML")]
    [TestCase("a: 1", "neither")]
    [TestCase("- 1", "no object")]
    [TestCase("", "no object")]
    public void What_is_no_configuration_is_refused(string text, string reason) => Assert.That(
        () => RivalFile.Import(text, includesSecrets: false), Throws.TypeOf<FormatException>().With.Message.Contains(reason));

    private static (string, string)[] Keys =>
    [
        .. from name in (string[])["DEEPSEEK_KEY", "GEMINI_API_KEY", "MY_KEY", "OPENROUTER_API_KEY", "IMPORTED_CLIENT_API_KEY", "ANTHROPIC_KEY", "HOUSE_KEY", "OPENAI_API_KEY", "LITELLM_MASTER_KEY"]
           select (name, $"a-key-that-is-long-enough-{name}"),
    ];
}
