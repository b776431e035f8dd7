using System.Buffers;
using System.Runtime.InteropServices;

namespace Gateway.Http.Wire;

/// <summary>A head in one piece: where it was received if it lies there so, else a copy.</summary>
internal static class HeadBytes
{
    /// <summary>The first bytes of what was received.</summary>
    public static ArraySegment<byte> Of(in ReadOnlySequence<byte> received, int length) =>
        received.First.Length >= length && MemoryMarshal.TryGetArray(received.First, out var block)
            ? block[..length]
            : received.Slice(0, length).ToArray();
}
