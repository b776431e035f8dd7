using System.Buffers;
using System.Buffers.Binary;

namespace Gateway.Core.Telemetry;

/// <summary>A span's place in a trace, and how it is told to the next (W3C Trace Context level 1, section 3.2).</summary>
/// <param name="TraceHigh">Upper half of the trace's id.</param>
/// <param name="TraceLow">Lower half of the trace's id; both halves are 0 where there is no trace.</param>
/// <param name="Span">The span's id; 0 for none.</param>
/// <param name="IsSampled">Somebody before may have recorded the trace.</param>
public readonly record struct TraceContext(ulong TraceHigh, ulong TraceLow, ulong Span, bool IsSampled)
{
    /// <summary>Bytes of a <c>traceparent</c> of version 00.</summary>
    public const int Length = 55;

    /// <summary>Characters of a trace's id.</summary>
    public const int TraceIdLength = 32;

    private const int TraceAt = 3;
    private const int SpanAt = 36;
    private const int SpanIdLength = 16;
    private const int FlagsAt = 53;
    private const byte Sampled = 1;

    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>There is a trace.</summary>
    public bool IsSet => (TraceHigh | TraceLow) != 0;

    /// <summary>Reads a <c>traceparent</c>: strictly for version 00, by its known beginning for a later one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> traceparent, out TraceContext context)
    {
        context = default;
        if (!HasShape(traceparent))
        {
            return false;
        }

        Span<byte> trace = stackalloc byte[TraceIdLength / 2];
        Span<byte> span = stackalloc byte[SpanIdLength / 2];
        Span<byte> flags = stackalloc byte[1];
        _ = Convert.FromHexString(traceparent.Slice(TraceAt, TraceIdLength), trace, out _, out _);
        _ = Convert.FromHexString(traceparent.Slice(SpanAt, SpanIdLength), span, out _, out _);
        _ = Convert.FromHexString(traceparent.Slice(FlagsAt, 2), flags, out _, out _);
        var read = new TraceContext(
            BinaryPrimitives.ReadUInt64BigEndian(trace),
            BinaryPrimitives.ReadUInt64BigEndian(trace[sizeof(ulong)..]),
            BinaryPrimitives.ReadUInt64BigEndian(span),
            (flags[0] & Sampled) != 0);
        context = read is { IsSet: true, Span: not 0 } ? read : default;
        return context.IsSet;
    }

    /// <summary>Writes a <c>traceparent</c> of version 00 that names this span as the parent.</summary>
    /// <param name="target">At least <see cref="Length"/> bytes.</param>
    public void Write(Span<byte> target)
    {
        "00-"u8.CopyTo(target);
        WriteTraceId(target[TraceAt..]);
        target[SpanAt - 1] = (byte)'-';
        WriteHex(Span, target[SpanAt..]);
        (IsSampled ? "-01"u8 : "-00"u8).CopyTo(target[(FlagsAt - 1)..]);
    }

    /// <summary>Writes the trace's id.</summary>
    /// <param name="target">At least <see cref="TraceIdLength"/> bytes.</param>
    public void WriteTraceId(Span<byte> target)
    {
        WriteHex(TraceHigh, target);
        WriteHex(TraceLow, target[SpanIdLength..]);
    }

    // A later version may add to its end, behind another dash; "ff" is none.
    private static bool HasShape(ReadOnlySpan<byte> text) =>
        text.Length >= Length
        && IsHex(text[..2]) && !text[..2].SequenceEqual("ff"u8)
        && (text.Length == Length || (!text[..2].SequenceEqual("00"u8) && text[Length] == '-'))
        && text[TraceAt - 1] == '-' && text[SpanAt - 1] == '-' && text[FlagsAt - 1] == '-'
        && IsHex(text.Slice(TraceAt, TraceIdLength)) && IsHex(text.Slice(SpanAt, SpanIdLength)) && IsHex(text.Slice(FlagsAt, 2));

    private static bool IsHex(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(Hex);

    private static void WriteHex(ulong number, Span<byte> target)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        _ = Convert.TryToHexStringLower(bytes, target, out _);
    }
}
