using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Clients;
using Gateway.Tests.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatRequestReaderTests
{
    private const string Session =
        """
        {"model":"m","max_completion_tokens":90,"temperature":0.5,"stream":true,"stream_options":{"include_usage":true},
         "stop":["END"],"reasoning_effort":"high","user":"u",
         "tools":[{"type":"function","function":{"name":"ls","description":"lists","parameters":{"type":"object","properties":{"at":{"type":"string"}}}}}],
         "tool_choice":"required","parallel_tool_calls":false,
         "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object","properties":{}}}},
         "messages":[
          {"role":"system","content":"be \u00e4 \"good\" one"},
          {"role":"user","content":[{"type":"text","text":"see"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},
          {"role":"assistant","content":"well","tool_calls":[{"id":"a","type":"function","function":{"name":"ls","arguments":"{\"at\":\"/\\n\"}"}},
           {"id":"b","type":"function","function":{"name":"ls","arguments":"{}"}}]},
          {"role":"tool","tool_call_id":"b","content":"two"},
          {"role":"tool","tool_call_id":"a","content":"one"},
          {"role":"user","content":"go on"}]}
        """;

    [Test]
    public void Writes_a_whole_request() => Assert.That(
        ReadChat.From("""{"model":"a/b","messages":[{"role":"user","content":"hi"}],"stream":true,"user":"u"}""").Json,
        Is.EqualTo("""{"model":"a/b","max_tokens":32000,"messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}],"metadata":{"user_id":"u"},"stream":true}"""));

    [TestCase("""{"messages":[]}""", "model: a string is required")]
    [TestCase("""{"model":7,"messages":[]}""", "model: a string is required")]
    [TestCase("""{"model":"m"}""", "messages: an array is required")]
    [TestCase("""{"model":"m","messages":[],"stream":"yes"}""", "stream: must be true or false")]
    [TestCase("[]", "The request body is not a JSON object.")]
    [TestCase("{", "The request body is not a JSON object.")]
    [TestCase("", "The request body is not a JSON object.")]
    public void Refuses(string request, string fault) => Assert.That(ReadChat.From(request).Fault, Is.EqualTo(fault));

    [TestCase("", false, false)]
    [TestCase("\"stream\":false", false, false)]
    [TestCase("\"stream\":null", false, false)]
    [TestCase("\"stream\":true", true, false)]
    [TestCase("\"stream\":true,\"stream_options\":{\"include_usage\":true}", true, true)]
    [TestCase("\"stream\":true,\"stream_options\":{\"include_usage\":false}", true, false)]
    [TestCase("\"stream_options\":{\"include_usage\":true}", false, false)]
    public void Remembers_how_the_answer_is_wanted(string members, bool streams, bool includesUsage)
    {
        var read = ReadChat.With(members);
        Assert.That((read.Reader.Streams, read.Reader.IncludesUsage), Is.EqualTo((streams, includesUsage)));
        Assert.That(read.Member("stream"), Is.EqualTo(streams ? "true" : ""));
    }

    [TestCase("\"user\":\"u\"", """{"user_id":"u"}""")]
    [TestCase("\"safety_identifier\":\"s\"", """{"user_id":"s"}""")]
    [TestCase("\"user\":\"u\",\"safety_identifier\":\"s\"", """{"user_id":"u"}""")]
    [TestCase("\"user\":\"\"", "")]
    [TestCase("\"user\":null", "")]
    public void Names_the_user(string members, string metadata) => Assert.That(ReadChat.With(members).Member("metadata"), Is.EqualTo(metadata));

    [Test]
    public void Leaves_out_a_user_that_Anthropic_would_refuse()
    {
        var read = ReadChat.With($"\"user\":\"{new string('u', 257)}\"");
        Assert.That(read.Member("metadata"), Is.Empty);
        Assert.That(read.Dropped, Is.EqualTo("user"));
    }

    [Test]
    public void Keeps_a_mark_of_the_cache() =>
        Assert.That(ReadChat.With("\"cache_control\":{\"type\":\"ephemeral\"}").Member("cache_control"), Is.EqualTo("""{"type":"ephemeral"}"""));

    [Test]
    public void Forgets_one_request_before_the_next()
    {
        var reader = new ChatRequestReader();
        Assert.That(ReadChat.From("""{"model":"m","n":2,"messages":[],"stream":true,"seed":1}""", reader).Fault, Does.StartWith("n:"));
        var next = ReadChat.From("""{"model":"m","messages":[{"role":"user","content":"hi"}]}""", reader);
        Assert.That(next.Fault, Is.Null);
        Assert.That(next.Dropped, Is.Empty);
        Assert.That(next.Reader.Streams, Is.False);
    }

    [Test]
    public void Reads_a_body_in_segments_of_any_size([Values(1, 3, 64)] int size)
    {
        var body = Encoding.UTF8.GetBytes(Session);
        var output = new ArrayBufferWriter<byte>();
        Assert.That(new ChatRequestReader().Read(Pieces.Of(body, size), output).Status, Is.EqualTo(200));
        Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Is.EqualTo(ReadChat.From(Session).Json));
    }

    [Test]
    public void Survives_a_body_cut_at_any_byte()
    {
        var body = Encoding.UTF8.GetBytes(Session.TrimEnd());
        var reader = new ChatRequestReader();
        for (var length = 0; length < body.Length; length++)
        {
            var verdict = reader.Read(new ReadOnlySequence<byte>(body, 0, length), new ArrayBufferWriter<byte>());
            Assert.That(verdict.Status, Is.EqualTo(400), $"{length} bytes");
        }
    }

    // Whatever a client sends, it gets a verdict, and what is taken is JSON.
    [Test]
    public void Survives_any_byte_in_any_place([Values('"', '{', '}', '[', '\\', '0', 'n', '\u00ff')] char other)
    {
        var body = Encoding.UTF8.GetBytes(Session);
        var reader = new ChatRequestReader();
        var output = new ArrayBufferWriter<byte>();
        for (var at = 0; at < body.Length; at++)
        {
            var known = body[at];
            body[at] = (byte)other;
            output.ResetWrittenCount();
            var verdict = reader.Read(new ReadOnlySequence<byte>(body), output);
            Assert.That(verdict.Status == 400 || IsJson(output.WrittenSpan), $"byte {at}");
            body[at] = known;
        }
    }

    // There and back again: what the translator for providers of OpenAI's dialect makes of it must mean the same.
    [Test]
    public void A_round_trip_keeps_the_meaning()
    {
        var profile = new DialectProfile
        {
            UsesMaxCompletionTokens = true,
            UserField = true,
            ReasoningRequest = ReasoningRequest.Effort,
        };
        var back = Translated.Chat(ReadChat.From(Session).Json, profile);
        using var before = JsonDocument.Parse(Session);
        Assert.That(back.Dropped, Is.Empty);
        foreach (var name in (string[])["max_completion_tokens", "temperature", "stream", "stream_options", "stop", "reasoning_effort", "user", "tools", "tool_choice", "parallel_tool_calls"])
        {
            Assert.That(Same(back.Member(name), before.RootElement.GetProperty(name)), name);
        }

        using var format = JsonDocument.Parse(back.Member("response_format"));
        Assert.That(format.RootElement.GetProperty("json_schema").GetProperty("schema").GetRawText(), Is.EqualTo("""{"type":"object","properties":{}}"""));

        // The order of results is that of the calls; the rest is as it was.
        Assert.That(
            back.Member("messages"),
            Is.EqualTo(
                """[{"role":"system","content":"be \u00e4 \"good\" one"},{"role":"user","content":[{"type":"text","text":"see"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},"""
                + """{"role":"assistant","content":"well","tool_calls":[{"id":"a","type":"function","function":{"name":"ls","arguments":"{\"at\":\"/\\n\"}"}},{"id":"b","type":"function","function":{"name":"ls","arguments":"{}"}}]},"""
                + """{"role":"tool","tool_call_id":"a","content":"one"},{"role":"tool","tool_call_id":"b","content":"two"},{"role":"user","content":"go on"}]"""));
    }

    [Test]
    public void Allocates_nothing_once_warm()
    {
        var body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Session));
        var reader = new ChatRequestReader();
        var output = new ArrayBufferWriter<byte>(1 << 16);
        var before = 0L;
        for (var round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            for (var at = 0; at < 50; at++)
            {
                output.ResetWrittenCount();
                reader.Read(body, output);
            }
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static bool IsJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
        }

        return reader.BytesConsumed == json.Length;
    }

    private static bool Same(string json, JsonElement other)
    {
        using var document = JsonDocument.Parse(json);
        return JsonElement.DeepEquals(document.RootElement, other);
    }
}
