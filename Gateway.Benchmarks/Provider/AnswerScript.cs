using System.Buffers.Text;

namespace Gateway.Benchmarks.Provider;

/// <summary>What a request asks the scripted provider for, in one header field: <c>json BYTES</c> or <c>stream EVENTS GAP-MS</c>.</summary>
/// <param name="IsStream">Server-sent events instead of one JSON document.</param>
/// <param name="Size">Bytes of the document, or how many deltas the stream has.</param>
/// <param name="GapMs">Milliseconds between deltas; 0 for all at once.</param>
internal readonly record struct AnswerScript(bool IsStream, int Size, int GapMs)
{
    /// <summary>Name of the header field.</summary>
    public const string FieldName = "x-answer";

    private const int MostEvents = 1_000_000;
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>A document of about so many bytes.</summary>
    public static AnswerScript Json(int bytes) => new(false, bytes, 0);

    /// <summary>A stream of so many deltas.</summary>
    public static AnswerScript Stream(int events, int gapMs = 0) => new(true, events, gapMs);

    /// <summary>Reads the field; false for anything else than <see cref="ToString"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out AnswerScript script)
    {
        script = default;
        var isStream = text.StartsWith("stream "u8);
        if (!isStream && !text.StartsWith("json "u8))
        {
            return false;
        }

        text = text[(text.IndexOf((byte)' ') + 1)..];
        var gap = 0;
        if (!Utf8Parser.TryParse(text, out int size, out var used) || size < 1 || size > (isStream ? MostEvents : MostBytes))
        {
            return false;
        }

        text = text[used..];
        if (isStream && text is [(byte)' ', .. var rest] && Utf8Parser.TryParse(rest, out gap, out used) && gap >= 0)
        {
            text = rest[used..];
        }

        script = new AnswerScript(isStream, size, gap);
        return text.IsEmpty;
    }

    /// <summary>The field's value.</summary>
    public override string ToString() => IsStream ? $"stream {Size} {GapMs}" : $"json {Size}";
}
