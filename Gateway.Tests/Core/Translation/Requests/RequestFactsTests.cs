namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>What can't be translated is refused with the place of the fault, before a byte is written.</summary>
[TestFixture]
internal sealed class RequestFactsTests
{
    [TestCase("""[]""", "messages: at least one message is required")]
    [TestCase("""{}""", "messages: at least one message is required")]
    [TestCase("""[{"role":"tool","content":"x"}]""", "messages.0.role: must be user, assistant or system")]
    [TestCase("""[7]""", "messages.0.role: must be user, assistant or system")]
    [TestCase("""[{"role":"user"}]""", "messages.0.content: must be a string or a list of content blocks")]
    [TestCase("""[{"role":"user","content":[{}]}]""", "messages.0.content.0.type: Field required")]
    [TestCase("""[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"tool_use","id":"t","input":{}}]}]""", "messages.1.content.0.name: Field required")]
    [TestCase("""[{"role":"assistant","content":[{"type":"tool_use","name":"f","id":""}]}]""", "messages.0.content.0.id: Field required")]
    [TestCase("""[{"role":"user","content":[{"type":"tool_result","content":"x"}]}]""", "messages.0.content.0.tool_use_id: Field required")]
    public void Refuses(string messages, string message)
    {
        var translated = Translated.Chat(Translated.Request(messages));
        Assert.That(translated.Verdict.Status, Is.EqualTo(400));
        Assert.That(translated.Verdict.Message, Is.EqualTo(message));
        Assert.That(translated.Json, Is.Empty);
    }

    [Test]
    public void Refuses_a_tool_that_has_no_name() => Assert.That(
        Translated.Chat(Translated.With("""
            "tools":[{"type":"web_search_20250305"},{"name":"f","input_schema":{}},{"description":"d","input_schema":{"type":"object"}}]
            """)).Verdict.Message,
        Is.EqualTo("tools.2.name: Field required"));

    [TestCase("""{"type":"image","source":{"type":"file","file_id":"f"}}""")]
    [TestCase("""{"type":"document","source":{"type":"file","file_id":"f"}}""")]
    [TestCase("""{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]}""")]
    public void Refuses_files_that_lie_at_Anthropic(string block)
    {
        var verdict = Translated.Chat(Translated.Request($$"""[{"role":"user","content":[{{block}}]}]""")).Verdict;
        Assert.That(verdict.Status, Is.EqualTo(400));
        Assert.That(verdict.Message, Does.Contain("Files API"));
    }

    [Test]
    public void Asks_nobody_for_no_tokens() => Assert.That(
        Translated.Chat("""{"max_tokens":0,"messages":[{"role":"user","content":"x"}]}""").Verdict.Status,
        Is.EqualTo(204));

    [TestCase("", false)]
    [TestCase("""
        "stream":true
        """, true)]
    [TestCase("""
        "stream":"true"
        """, false)]
    public void Knows_whether_a_stream_is_wanted(string members, bool streams) =>
        Assert.That(Translated.Chat(Translated.With(members)).Translator.Streams, Is.EqualTo(streams));
}
