using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.Core.Translation.Answers;

namespace Gateway.Benchmarks.Micro.Translation;

/// <summary>What an event of another dialect costs until it is one of Anthropic's: streams of 200 deltas in reads of a socket.</summary>
[MemoryDiagnoser]
public class StreamTranslatorBenchmark
{
    private const int Deltas = 200;
    private const int ReadSize = 16 * 1024;

    private readonly StreamTranslator _translator = new();
    private readonly ArrayBufferWriter<byte> _client = new(256 * 1024);
    private readonly AnswerContext _chat = new() { ClientModel = "claude-opus-5-5"u8.ToArray(), ProviderName = "groq"u8.ToArray(), Seed = 1 };
    private readonly AnswerContext _responses = new() { ClientModel = "claude-opus-5-5"u8.ToArray(), ProviderName = "openai"u8.ToArray(), IsResponses = true, Seed = 1 };
    private readonly byte[] _text = Chat(static i => """{"content":"twenty-one characters"}""", "null");
    private readonly byte[] _padded = Chat(static i => """{"content":"twenty-one characters"}""", "null,\"obfuscation\":\"PAD\"");
    private readonly byte[] _call = Chat(
        static i => i == 0
            ? """{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"Bash","arguments":"{\"command\":\""}}]}"""
            : """{"tool_calls":[{"index":0,"function":{"arguments":"twenty-one characters"}}]}""",
        "null");

    private readonly byte[] _items = Responses();

    /// <summary>Chunks of text that differ in nothing else.</summary>
    [Benchmark(OperationsPerInvoke = Deltas)]
    public int Text_chunk() => Translate(_chat, _text);

    /// <summary>Chunks with a member of noise that differs from one to the next, as OpenAI sends them.</summary>
    [Benchmark(OperationsPerInvoke = Deltas)]
    public int Padded_text_chunk() => Translate(_chat, _padded);

    /// <summary>Pieces of a call's arguments.</summary>
    [Benchmark(OperationsPerInvoke = Deltas)]
    public int Arguments_chunk() => Translate(_chat, _call);

    /// <summary>Events of Responses, each with its number.</summary>
    [Benchmark(OperationsPerInvoke = Deltas)]
    public int Responses_event() => Translate(_responses, _items);

    private static byte[] Chat(Func<int, string> delta, string end)
    {
        var stream = new StringBuilder();
        for (var i = 0; i < Deltas; i++)
        {
            var rest = end.Replace("PAD", $"{i * 7919:x}"[..1] + new string('q', i % 7), StringComparison.Ordinal);
            stream.Append("data: {\"id\":\"chatcmpl-7QyqpwdfhqwajicIEznoc6Q47XAyW\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-5.1\",")
                .Append($"\"service_tier\":\"default\",\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":[{{\"index\":0,\"delta\":{delta(i)},\"logprobs\":null,\"finish_reason\":null}}],\"usage\":{rest}}}\n\n");
        }

        return Encoding.UTF8.GetBytes(stream.ToString());
    }

    private static byte[] Responses()
    {
        var stream = new StringBuilder();
        for (var i = 0; i < Deltas; i++)
        {
            stream.Append("event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",")
                .Append($"\"sequence_number\":{i + 4},\"item_id\":\"msg_67c9fdcf37fc8190ba82116e33fb28c507b8b0ad4e5eb654\",\"output_index\":0,\"content_index\":0,")
                .Append($"\"delta\":\"twenty-one characters\",\"logprobs\":[],\"obfuscation\":\"{new string('q', i % 7)}\"}}\n\n");
        }

        return Encoding.UTF8.GetBytes(stream.ToString());
    }

    private int Translate(AnswerContext context, ReadOnlySpan<byte> stream)
    {
        _client.ResetWrittenCount();
        _translator.Begin(context);
        while (!stream.IsEmpty)
        {
            var size = Math.Min(ReadSize, stream.Length);
            _translator.Feed(stream[..size], _client);
            stream = stream[size..];
        }

        return _client.WrittenCount;
    }
}
