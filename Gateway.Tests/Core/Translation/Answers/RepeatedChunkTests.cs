using System.Text;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class RepeatedChunkTests
{
    private const string First = """{"choices":[{"delta":{"content":"one"}}]}""";

    [TestCase("""{"choices":[{"delta":{"content":"two"}}]}""", "two")]
    [TestCase("""{"choices":[{"delta":{"content":"\\\"\u00e9\ud83d\n"}}]}""", @"\\\""\u00e9\ud83d\n")]
    [TestCase("""{"choices":[{"delta":{"content":"}]}"}}]}""", "}]}")]
    [TestCase("""{"choices":[{"delta":{"content":"\\"}}]}""", @"\\")]
    public void Knows_a_chunk_with_another_string(string chunk, string content) => Assert.That(Match(First, chunk), Is.EqualTo(content));

    [TestCase("""{"choices":[{"delta":{"content":""}}]}""", Description = "nothing to tell")]
    [TestCase("""{"choices":[{"delta":{"content":"a"}}],"usage":{}}""")]
    [TestCase("""{"id":1,"choices":[{"delta":{"content":"a"}}]}""")]
    [TestCase("""{"choices":[{"delta":{"content":"a","refusal":"b"}}]}""")]
    [TestCase("""{"choices":[{"delta":{"content":"a\"}}]}""")]
    [TestCase("""{"choices":[{"delta":{"content":"a\x"}}]}""")]
    [TestCase("""{"choices":[{"delta":{"content":"\u00g0"}}]}""")]
    [TestCase("""{"choices":[{"delta":{"content":"\u00"}}]}""")]
    [TestCase("{\"choices\":[{\"delta\":{\"content\":\"a\tb\"}}]}")]
    [TestCase("""{"choices":[{"delta":{"content":""")]
    [TestCase("""{"choices":[{"delta":{"content":"}}]}""", Description = "both sides overlap")]
    [TestCase("")]
    public void Anything_else_is_to_be_read(string chunk) => Assert.That(Match(First, chunk), Is.Null);

    [TestCase("""{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}""")]
    [TestCase("""{"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}""")]
    [TestCase("""{"choices":[{"delta":{"content":"a"},"usage":{"prompt_tokens":1,"completion_tokens":2}}]}""")]
    [TestCase("""{"choices":[{"delta":{"content":"a"}},{"delta":{"content":"b"}}]}""")]
    public void A_chunk_that_says_more_is_read_each_time(string chunk)
    {
        var end = new AnswerEnd();
        var writer = new AnthropicStreamWriter();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        writer.Begin(Streams.Context());
        writer.WriteTo(output);
        var flow = new AnswerFlow(writer);
        flow.Begin(Streams.Context());
        var reader = new ChatReader(flow, end);
        reader.Begin(Streams.Context());
        _ = reader.Read(Encoding.UTF8.GetBytes(chunk));
        var once = (Encoding.UTF8.GetString(output.WrittenSpan), end.Reason, end.Usage);
        end.Reset();
        var before = output.WrittenCount;
        _ = reader.Read(Encoding.UTF8.GetBytes(chunk.Replace("\"a\"", "\"x\"", StringComparison.Ordinal)));
        Assert.Multiple(() =>
        {
            Assert.That((end.Reason, end.Usage), Is.EqualTo((once.Reason, once.Usage)));
            Assert.That(Encoding.UTF8.GetString(output.WrittenSpan[before..]), Does.Contain("\"x\""));
            Assert.That(Encoding.UTF8.GetString(output.WrittenSpan[before..]).Contains("\"b\"", StringComparison.Ordinal), Is.EqualTo(once.Item1.Contains("\"b\"", StringComparison.Ordinal)));
        });
    }

    // A space after the brace of every other chunk says nothing, but no chunk is then like the one before it.
    [TestCase(false)]
    [TestCase(true)]
    public void A_stream_reads_the_same_whether_its_chunks_repeat_or_not(bool thinkTags)
    {
        var context = Streams.Context(new DialectProfile { ThinkTags = thinkTags });
        string[] texts = ["one", "<think>", "a <", "/think", ">", @"\ud83d", @"\ude00", " ", @"\n\n", "two", "}", @"{\""a\"":", "1}", "late", "é"];
        var stream = new StringBuilder();
        foreach (var members in new[] { "\"content\":\"@\"", "\"reasoning\":\"@\"", "\"content\":\"\",\"reasoning_content\":\"@\"", "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"@\"}}]", "\"content\":\"@\"" })
        {
            stream.Append(members.Contains("tool", StringComparison.Ordinal) ? Streams.Call(0, "id", "Bash", "") : "");
            stream.AppendJoin("", texts.Select(text => Streams.Delta(members.Replace("@", text, StringComparison.Ordinal))));
        }

        var chunks = (stream + Streams.End("stop")).Split("data: ");
        var varied = string.Join("data: ", chunks.Select(static (chunk, i) => i % 2 == 0 && chunk.StartsWith('{') ? "{ " + chunk[1..] : chunk));
        Assert.That(Streams.Translate(string.Join("data: ", chunks), context), Is.EqualTo(Streams.Translate(varied, context)));
    }

    private static string? Match(string learned, string chunk)
    {
        var repeated = new RepeatedChunk();
        var bytes = Encoding.UTF8.GetBytes(learned);
        var choice = JsonMembers.Find(bytes, "choices"u8)[1..^1];
        repeated.Learn(bytes, new ChatDelta(JsonMembers.Find(choice, "delta"u8)));
        return repeated.Matches(Encoding.UTF8.GetBytes(chunk), out var content) ? Encoding.UTF8.GetString(content) : null;
    }
}
