using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Tests.Fuzz;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ResponsesReaderTests
{
    [Test]
    public void Reads_a_whole_answer() => Assert.That(
        Streams.Message("{\"status\":\"incomplete\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"hi\"}]}]}", Streams.Context(isResponses: true)),
        Does.Contain("\"text\":\"hi\"").And.Contain("\"stop_reason\":\"max_tokens\""));

    private const string Reasoning = """data: {"type":"response.output_item.done","output_index":1,"item":{"id":"rs","type":"reasoning","summary":[],"encrypted_content":"enc"}}""";
    private const string Call = """data: {"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","call_id":"c","name":"Bash","arguments":""}}""";
    private const string End = """data: {"type":"response.completed","response":{"status":"completed","output":[]}}""";

    [Test]
    public void Encrypted_reasoning_without_a_summary_is_a_block_that_carries_it() => Assert.That(
        Signed(Reasoning, End), Is.EqualTo("""{"provider":"p","id":"rs","encrypted_content":"enc"}"""));

    [Test]
    public void Reasoning_that_comes_inside_a_call_waits_until_the_call_is_complete()
    {
        var stream = Translate(Call, Reasoning, """data: {"type":"response.function_call_arguments.delta","output_index":0,"delta":"{}"}""", End);
        Assert.Multiple(() =>
        {
            Assert.That(StreamRules.BrokenByAnthropic(stream), Is.Null);
            Assert.That(stream.IndexOf("input_json_delta", StringComparison.Ordinal), Is.LessThan(stream.IndexOf("signature_delta", StringComparison.Ordinal)));
        });
    }

    private static string Translate(params string[] events) => Streams.Translate(string.Join("\n\n", events) + "\n\n", Streams.Context(isResponses: true));

    private static string Signed(params string[] events)
    {
        var signature = Regex.Match(Translate(events), "\"signature_delta\",\"signature\":\"([^\"]+)").Groups[1].Value;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(signature.AsSpan("gw1.".Length)));
    }
}
