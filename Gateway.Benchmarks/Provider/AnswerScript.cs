using System.Buffers.Text;

namespace Gateway.Benchmarks.Provider;

/// <summary>What a request asks the scripted provider for, in one header field: <c>json BYTES</c>, <c>stream EVENTS GAP-MS</c>, or <c>recorded NUMBER</c>,
/// an answer of the recording that it has.</summary>
/// <param name="IsStream">Server-sent events instead of one JSON document.</param>
/// <param name="Size">Bytes of the document, or how many deltas the stream has.</param>
/// <param name="GapMs">Milliseconds between deltas; 0 for all at once.</param>
internal readonly record struct AnswerScript(bool IsStream, int Size, int GapMs)
{
    /// <summary>Name of the header field.</summary>
    public const string FieldName = "x-answer";

    private const int MostEvents = 1_000_000;
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Number of the recorded answer, from 1; 0 for none.</summary>
    public int Number { get; init; }

    /// <summary>A recorded answer of so many bytes, or so many deltas.</summary>
    public static AnswerScript Recorded(int number, bool isStream, int size) => new(isStream, size, 0) { Number = number };

    /// <summary>A document of about so many bytes.</summary>
    public static AnswerScript Json(int bytes) => new(false, bytes, 0);

    /// <summary>A stream of so many deltas.</summary>
    public static AnswerScript Stream(int events, int gapMs = 0) => new(true, events, gapMs);

    /// <summary>Reads the field; false for anything else than <see cref="ToString"/> writes. Of a recorded answer it has the number alone.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out AnswerScript script)
    {
        script = default;
        if (text.StartsWith("recorded "u8))
        {
            var isWhole = Utf8Parser.TryParse(text[9..], out int number, out var digits) && digits == text.Length - 9 && number > 0;
            script = new AnswerScript { Number = number };
            return isWhole;
        }

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
    public override string ToString() => Number > 0 ? $"recorded {Number}" : IsStream ? $"stream {Size} {GapMs}" : $"json {Size}";
}
