using System.Buffers;
using System.Text;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

/// <summary>Provider streams to translate, and what comes out.</summary>
internal static class Streams
{
    public static AnswerContext Context(DialectProfile? profile = null, bool isResponses = false) => new()
    {
        ClientModel = "claude-x"u8.ToArray(),
        ProviderName = "p"u8.ToArray(),
        Profile = profile ?? new DialectProfile(),
        IsResponses = isResponses,
        EstimatedInputTokens = 40,
        Seed = 1,
    };

    /// <summary>A chunk whose delta has these members.</summary>
    public static string Delta(string members) => $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{{members}}}}}]}}\n\n";

    public static string Call(int index, string id, string name, string arguments) =>
        Delta($"\"tool_calls\":[{{\"index\":{index},\"id\":\"{id}\",\"function\":{{\"name\":\"{name}\",\"arguments\":\"{arguments}\"}}}}]");

    public static string End(string reason) => $"data: {{\"choices\":[{{\"delta\":{{}},\"finish_reason\":\"{reason}\"}}]}}\n\ndata: [DONE]\n\n";

    public static string Translate(string stream, AnswerContext? context = null, bool isClean = true) =>
        Translate(new StreamTranslator(), Encoding.UTF8.GetBytes(stream), context ?? Context(), int.MaxValue, isClean);

    public static string Translate(StreamTranslator translator, byte[] stream, AnswerContext context, int piece, bool isClean = true)
    {
        var output = new ArrayBufferWriter<byte>();
        translator.Begin(context);
        for (var at = 0; at < stream.Length; at += Math.Min(piece, stream.Length - at))
        {
            translator.Feed(stream.AsSpan(at, Math.Min(piece, stream.Length - at)), output);
        }

        translator.EndOfBody(isClean, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static string Message(string json, AnswerContext? context = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var translator = new AnswerTranslator();
        translator.Begin(context ?? Context(), streams: false);
        translator.FeedWhole(Encoding.UTF8.GetBytes(json), output);
        return translator.Fault is { } known ? $"{known.Status} {Encoding.UTF8.GetString(known.Message.Span)}" : Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
