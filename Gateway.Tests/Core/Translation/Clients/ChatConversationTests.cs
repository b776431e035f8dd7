namespace Gateway.Tests.Core.Translation.Clients;

/// <summary>Whose turn it is, and what stands in it.</summary>
[TestFixture]
internal sealed class ChatConversationTests
{
    private const string Call = """{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]}""";
    private const string Use = """{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{}}]}""";

    [TestCase("system")]
    [TestCase("developer")]
    public void What_the_system_says_first_is_the_system(string role)
    {
        var read = ReadChat.Of(
            $$$"""[{"role":"{{{role}}}","content":"one"},{"role":"system","content":[{"type":"text","text":"two","cache_control":{"type":"ephemeral"}}]},{"role":"user","content":"x"}]""");
        Assert.That(read.Member("system"), Is.EqualTo("""[{"type":"text","text":"one"},{"type":"text","text":"two","cache_control":{"type":"ephemeral"}}]"""));
        Assert.That(read.Member("messages"), Is.EqualTo("""[{"role":"user","content":[{"type":"text","text":"x"}]}]"""));
    }

    [Test]
    public void Nothing_said_is_no_system() => Assert.That(ReadChat.With("").Member("system"), Is.Empty);

    [Test]
    public void What_it_says_later_stays_where_it_is() => Assert.That(
        ReadChat.Messages("""[{"role":"user","content":"x"},{"role":"system","content":"now"},{"role":"user","content":"y"}]"""),
        Is.EqualTo(
            """[{"role":"user","content":[{"type":"text","text":"x"},{"type":"text","text":"<system-reminder>\nnow\n</system-reminder>"},{"type":"text","text":"y"}]}]"""));

    [Test]
    public void Messages_of_one_speaker_in_a_row_are_one() => Assert.That(
        ReadChat.Messages(
            """[{"role":"user","content":"a"},{"role":"user","content":"b"},{"role":"assistant","content":"c"},{"role":"assistant","content":"d"},{"role":"user","content":"e"}]"""),
        Is.EqualTo(
            """[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"""
            + """{"role":"assistant","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]},{"role":"user","content":[{"type":"text","text":"e"}]}]"""));

    [TestCase("\"\"")]
    [TestCase("\" \\n\"")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("[{\"type\":\"text\",\"text\":\"\"}]")]
    public void A_message_with_nothing_in_it_is_none(string content) => Assert.That(
        ReadChat.Messages($$$$"""[{"role":"user","content":"a"},{"role":"assistant","content":{{{{content}}}}},{"role":"user","content":"b"}]"""),
        Is.EqualTo("""[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]"""));

    [Test]
    public void Results_are_one_message_and_stand_first_in_it() => Assert.That(
        ReadChat.Messages(
            $$"""[{{Call}},{"role":"user","content":"well?"},{"role":"tool","tool_call_id":"a","content":"1"},{"role":"tool","tool_call_id":"b","content":"2"}]"""),
        Is.EqualTo(
            $$"""[{{Use}},{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"1"}]},"""
            + """{"type":"tool_result","tool_use_id":"b","content":[{"type":"text","text":"2"}]},{"type":"text","text":"well?"}]}]"""));

    [Test]
    public void The_assistant_says_its_text_before_it_calls() => Assert.That(
        ReadChat.Messages($$"""[{"role":"user","content":"x"},{{Call.Replace("\"tool_calls\"", "\"content\":[{\"type\":\"text\",\"text\":\"t\"}],\"refusal\":\"no\",\"tool_calls\"", StringComparison.Ordinal)}}]"""),
        Does.EndWith("""{"role":"assistant","content":[{"type":"text","text":"t"},{"type":"text","text":"no"},{"type":"tool_use","id":"a","name":"f","input":{}}]}]"""));

    [Test]
    public void What_Anthropic_has_no_place_for_is_named() => Assert.That(
        ReadChat.Of("""[{"role":"user","name":"bob","content":"x"},{"role":"assistant","reasoning_content":"hm","audio":{"id":"a"},"content":"y"},{"role":"user","name":null,"content":"z"}]""").Dropped,
        Is.EqualTo("name,reasoning_content,audio"));

    [TestCase("""[{"role":"robot","content":"x"}]""", "messages[0].role: must be system, developer, user, assistant or tool")]
    [TestCase("""[{"role":"user","content":"x"},{"content":"x"}]""", "messages[1].role: must be system, developer, user, assistant or tool")]
    [TestCase("""[{"role":"user","content":"x"},7]""", "messages[1].role: must be system, developer, user, assistant or tool")]
    [TestCase("""[{"role":"user","content":7}]""", "messages[0].content: must be a string or an array of parts")]
    [TestCase("[]", "messages: at least one message with content is required besides the system's")]
    [TestCase("""[{"role":"system","content":"x"},{"role":"user","content":""}]""", "messages: at least one message with content is required besides the system's")]
    [TestCase("""[{"role":"user","content":"x"},{"role":"tool","tool_call_id":"a","content":[{"type":"new"}]}]""", "messages[1].content[0].type: only text, image_url and file are supported")]
    [TestCase("""[{"role":"user","content":"x"},{"role":"tool","tool_call_id":"a","content":"r"},{"role":"user","content":{}}]""", "messages[2].content: must be a string or an array of parts")]
    public void Refuses(string messages, string fault) => Assert.That(ReadChat.Of(messages).Fault, Is.EqualTo(fault));
}
