using System.Text.Json;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>A provider is offered the tools that there are at this point of the conversation.</summary>
[TestFixture]
internal sealed class ToolCatalogTests
{
    private const string Tools = """
        "tools":[{"name":"Read","input_schema":{"type":"object"}},{"name":"Late","input_schema":{"type":"object"},"defer_loading":true},{"name":"DeferredToolPlaceholder","input_schema":{"type":"object"},"defer_loading":true}]
        """;

    [TestCase("""{"role":"user","content":"x"}""", "Read")]
    [TestCase("""{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"tool_reference","tool_name":"Late"}]}]}""", "Read,Late")]
    [TestCase("""{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"tool_reference","tool_name":"DeferredToolPlaceholder"}]}]}""", "Read")]
    [TestCase("""{"role":"assistant","content":[{"type":"tool_search_tool_result","tool_use_id":"s","content":{"type":"tool_search_tool_search_result","tool_references":[{"type":"tool_reference","tool_name":"Late"}]}}]}""", "Read,Late")]
    [TestCase("""{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"Late","input":{}}]}""", "Read,Late")]
    [TestCase("""{"role":"system","content":[{"type":"tool_addition","tool":{"type":"tool_reference","name":"Late"}}]}""", "Read,Late")]
    [TestCase("""{"role":"system","content":[{"type":"tool_addition","tool":{"type":"tool_definition","definition":{"name":"New","input_schema":{"type":"object"}}}}]}""", "Read,New")]
    [TestCase("""{"role":"system","content":[{"type":"tool_removal","tool":{"type":"tool_reference","name":"Read"}}]}""", "")]
    [TestCase("""{"role":"system","content":[{"type":"tool_removal","tool":{"type":"tool_reference","name":"Read"}},{"type":"tool_addition","tool":{"type":"tool_reference","name":"Read"}}]}""", "Read")]
    [TestCase("""{"role":"system","content":[{"type":"tool_removal","tool":{"type":"tool_reference","name":"Nobody"}}]}""", "Read")]
    public void Offers(string message, string names) => Assert.That(Offered(Translated.Request($$"""[{"role":"user","content":"x"},{{message}}]""", Tools)), Is.EqualTo(names));

    [Test]
    public void A_tool_declared_twice_is_offered_once() => Assert.That(
        Offered(Translated.With("""
            "tools":[{"name":"a","input_schema":{"type":"object"}},{"name":"b"},{"name":"a","input_schema":{"type":"object"}}]
            """)),
        Is.EqualTo("a,b"));

    [Test]
    public void What_only_Anthropic_runs_is_named_as_lost()
    {
        var translated = Translated.Chat(Translated.With("""
            "tools":[{"type":"web_search_20250305","name":"web_search"},{"type":"computer_20250124","name":"computer"},{"type":"mcp_toolset","mcp_server_name":"m"}],"tool_choice":{"type":"any"}
            """));
        Assert.That(translated.Dropped, Is.EqualTo("web_search_20250305,computer_20250124,mcp_toolset"));
        Assert.That(translated.Translator.OffersTools, Is.False);
        Assert.That(translated.Member("tools") + translated.Member("tool_choice"), Is.Empty);
    }

    [Test]
    public void The_answer_can_ask_what_was_offered()
    {
        var translated = Translated.Chat(Translated.With(Tools));
        Assert.That(translated.Translator.OffersTools);
        Assert.That(translated.Translator.Names.Offers("Read"u8));
        Assert.That(translated.Translator.Names.Offers("Late"u8), Is.False);
    }

    private static string Offered(string request)
    {
        var tools = Translated.Chat(request).Member("tools");
        if (tools.Length == 0)
        {
            return "";
        }

        using var document = JsonDocument.Parse(tools);
        return string.Join(',', document.RootElement.EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()));
    }
}
