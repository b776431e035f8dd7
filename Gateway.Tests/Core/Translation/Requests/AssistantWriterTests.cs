using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>What the model said before reaches the provider as it was said.</summary>
[TestFixture]
internal sealed class AssistantWriterTests
{
    [TestCase("\"a\"", "\"a\"")]
    [TestCase("""[{"type":"text","text":"a"},{"type":"text","text":"b"}]""", "\"ab\"")]
    [TestCase("""[{"type":"text","text":"a"},{"type":"thinking","thinking":"t","signature":""},{"type":"redacted_thinking","data":"d"},{"type":"text","text":"b"}]""", "\"ab\"")]
    [TestCase("""[{"type":"compaction","content":"so far"},{"type":"text","text":"b"}]""", "\"so far\\nb\"")]
    [TestCase("""[{"type":"text","text":"a"},{"type":"mcp_tool_use","id":"m","name":"n","input":{}}]""", "\"a\"")]
    public void Texts_become_one(string content, string written) => Assert.That(
        Translated.Messages($$"""[{"role":"assistant","content":{{content}}}]"""),
        Is.EqualTo($$"""[{"role":"assistant","content":{{written}}}]"""));

    [Test]
    public void Text_behind_a_call_is_kept_on_a_line_of_its_own() => Assert.That(
        Translated.Messages("""[{"role":"assistant","content":[{"type":"text","text":"pre"},{"type":"tool_use","id":"t","name":"f","input":{"a":"\"\u00fc\n"}},{"type":"text","text":"post"}]}]"""),
        Does.StartWith("""[{"role":"assistant","content":"pre\npost","tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{\"a\":\"\\\"\\u00fc\\n\"}"}}]}"""));

    [TestCase("null")]
    [TestCase("\"text\"")]
    [TestCase("{}")]
    public void A_call_without_input_has_empty_arguments(string input) => Assert.That(
        Translated.Messages($$"""[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{{input}}}]}]"""),
        Does.StartWith("""[{"role":"assistant","content":null,"tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{}"}}]}"""));

    [Test]
    public void Responses_keeps_the_order_of_blocks() => Assert.That(
        Translated.Items("""[{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"},{"type":"tool_use","id":"t","name":"f","input":{"x":1}},{"type":"text","text":"c"}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r"}]}]"""),
        Is.EqualTo("""[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"},{"type":"output_text","text":"b"}]},{"type":"function_call","call_id":"t","name":"f","arguments":"{\"x\":1}"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"c"}]},{"type":"function_call_output","call_id":"t","output":"r"}]"""));

    [Test]
    public void Responses_takes_a_string_too() => Assert.That(
        Translated.Items("""[{"role":"assistant","content":"a"}]"""),
        Is.EqualTo("""[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"}]}]"""));

    [Test]
    public void Reasoning_that_led_to_nothing_is_left_out_of_responses()
    {
        var thinking = $$"""{"type":"thinking","thinking":"t","signature":"{{ReplayWriterTests.Signature("\"id\":\"r\",\"encrypted_content\":\"E\"")}}"}""";
        var profile = new DialectProfile { ReasoningReplay = ReasoningReplay.Encrypted };
        Assert.That(
            Translated.Items($$"""[{"role":"assistant","content":[{{thinking}},{"type":"text","text":"a"},{{thinking}}]}]""", profile),
            Is.EqualTo("""[{"type":"reasoning","id":"r","summary":[{"type":"summary_text","text":"t"}],"encrypted_content":"E"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"}]}]"""));
    }

    [Test]
    public void The_first_call_of_a_message_bears_a_signature_where_none_is_taken_without()
    {
        const string Calls = """[{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"n","input":{}},{"type":"tool_use","id":"b","name":"n","input":{}}]}]""";
        var messages = Translated.Messages(Calls, new() { SignedCalls = true });
        Assert.That(messages, Does.Contain(
            """[{"id":"a","type":"function","function":{"name":"n","arguments":"{}"},"extra_content":{"google":{"thought_signature":"skip_thought_signature_validator"}}},{"id":"b","type":"function","function":{"name":"n","arguments":"{}"}}]"""));
        Assert.That(Translated.Messages(Calls), Does.Not.Contain("extra_content"));
    }
}
