using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Clients;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatMessageWriterTests
{
    private const string Usage = """{"input_tokens":1,"cache_read_input_tokens":2,"cache_creation_input_tokens":3,"output_tokens":4}""";

    [Test]
    public void Writes_a_completion() => Assert.That(
        Completion("""[{"type":"text","text":"a \"b\""},{"type":"text","text":"\u00e4"}]""", "end_turn"),
        Is.EqualTo(
            """{"id":"chatcmpl-1","object":"chat.completion","created":7,"model":"mine","choices":[{"index":0,"message":{"role":"assistant","content":"a \"b\"\u00e4","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":"""
            + """{"prompt_tokens":6,"completion_tokens":4,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":2}}}"""));

    [TestCase("""[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"x"}]""", "\"content\":\"x\",\"reasoning_content\":\"hm\",\"refusal\":null}")]
    [TestCase("""[{"type":"redacted_thinking","data":"s"},{"type":"server_tool_use","id":"a","name":"w","input":{}},{"type":"text","text":"x"}]""", "\"content\":\"x\",\"refusal\":null}")]
    [TestCase("[]", "\"content\":\"\",\"refusal\":null}")]
    public void Shows_what_the_client_can_use(string content, string message) => Assert.That(Completion(content, "end_turn"), Does.Contain(message));

    [Test]
    public void Writes_calls() => Assert.That(
        Completion("""[{"type":"tool_use","id":"a","name":"f","input":{"x":"\n"}},{"type":"tool_use","id":"b","name":"g","input":{}}]""", "tool_use"),
        Does.Contain(
            "\"content\":null,\"refusal\":null,\"tool_calls\":" + """[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":\"\\n\"}"}},"""
            + """{"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]},"logprobs":null,"finish_reason":"tool_calls"}]"""));

    [Test]
    public void Writes_a_function_of_old() => Assert.That(
        Completion("""[{"type":"text","text":"x"},{"type":"tool_use","id":"a","name":"f","input":{}}]""", "tool_use", usesFunctions: true),
        Does.Contain("""
            "content":"x","refusal":null,"function_call":{"name":"f","arguments":"{}"}},"logprobs":null,"finish_reason":"function_call"}]
            """));

    [Test]
    public void Says_why_the_model_refused() => Assert.That(
        Completion("[]", "refusal", "\"stop_details\":{\"type\":\"refusal\",\"explanation\":\"no\"},"),
        Does.Contain("\"refusal\":\"no\"}").And.Contain("\"finish_reason\":\"content_filter\""));

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{\"type\":\"error\",\"error\":{}}")]
    [TestCase("{\"content\":[")]
    public void Takes_nothing_else_for_a_message(string body)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.That(new ChatMessageWriter().Write(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)), new ChatAnswerContext(), output), Is.False);
        Assert.That(output.WrittenCount, Is.Zero);
    }

    private static string Completion(string content, string reason, string members = "", bool usesFunctions = false)
    {
        var output = new ArrayBufferWriter<byte>();
        var message = $$"""{"id":"msg_1","type":"message","model":"theirs","content":{{content}},{{members}}"stop_reason":"{{reason}}","usage":{{Usage}}}""";
        var context = new ChatAnswerContext { ClientModel = "mine"u8.ToArray(), CreatedAt = 7, UsesFunctions = usesFunctions };
        Assert.That(new ChatMessageWriter().Write(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(message)), context, output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
