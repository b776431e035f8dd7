using System.Buffers;

namespace Gateway.Core.Telemetry;

/// <summary>W3C Trace Context (w3.org/TR/trace-context, section 3.2).</summary>
public static class TraceContext
{
    private const int Length = 55;
    private const int TraceIdStart = 3;
    private const int TraceIdLength = 32;
    private const int ParentIdStart = 36;
    private const int ParentIdLength = 16;

    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>The trace id of a <c>traceparent</c>; empty if that is not valid.</summary>
    public static ReadOnlySpan<byte> TraceId(ReadOnlySpan<byte> traceparent)
    {
        if (traceparent.Length < Length || traceparent[2] != '-' || traceparent[35] != '-' || traceparent[52] != '-'
            || (traceparent[..2].SequenceEqual("00"u8) && traceparent.Length != Length)
            || (traceparent.Length > Length && traceparent[Length] != '-'))
        {
            return default;
        }

        var trace = traceparent.Slice(TraceIdStart, TraceIdLength);
        var parent = traceparent.Slice(ParentIdStart, ParentIdLength);
        return IsHex(traceparent[..2]) && !traceparent[..2].SequenceEqual("ff"u8) && IsHex(traceparent.Slice(53, 2)) && IsId(trace) && IsId(parent) ? trace : default;
    }

    private static bool IsHex(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(Hex);

    private static bool IsId(ReadOnlySpan<byte> text) => IsHex(text) && text.ContainsAnyExcept((byte)'0');
}
