using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Http.Sockets;

/// <summary>Receiving and sending as the kernel wants it: addresses and lengths. The result is a count, or negative with errno set.</summary>
internal static unsafe class SocketCalls
{
    private const int MaxVectors = 64;

    /// <summary>Receives into one buffer.</summary>
    public static nint Receive(int fd, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            return LinuxNative.recv(fd, start, buffer.Length, 0);
        }
    }

    /// <summary>Receives into the free space of several blocks.</summary>
    public static nint ReceiveScattered(int fd, ReadOnlySpan<Block> blocks, out int capacity)
    {
        var vectors = stackalloc LinuxNative.IoVector[blocks.Length];
        capacity = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            var free = blocks[i].FreeSpan;
            vectors[i].Start = PinnedAddress(free);
            vectors[i].Length = free.Length;
            capacity += free.Length;
        }

        return LinuxNative.readv(fd, vectors, blocks.Length);
    }

    /// <summary>Sends one slice, or several gathered.</summary>
    public static nint Send(int fd, ReadOnlySpan<ReadOnlyMemory<byte>> slices)
    {
        if (slices.Length > 1)
        {
            return SendGathered(fd, slices);
        }

        var only = slices[0].Span;
        return LinuxNative.send(fd, PinnedAddress(only), only.Length, LinuxNative.MSG_NOSIGNAL);
    }

    private static nint SendGathered(int fd, ReadOnlySpan<ReadOnlyMemory<byte>> slices)
    {
        var count = Math.Min(slices.Length, MaxVectors);
        var vectors = stackalloc LinuxNative.IoVector[count];
        for (var i = 0; i < count; i++)
        {
            var slice = slices[i].Span;
            vectors[i].Start = PinnedAddress(slice);
            vectors[i].Length = slice.Length;
        }

        var message = new LinuxNative.MessageHeader { Vectors = vectors, VectorCount = count };
        return LinuxNative.sendmsg(fd, &message, LinuxNative.MSG_NOSIGNAL);
    }

    // Blocks are pinned, so the address outlives the span.
    private static byte* PinnedAddress(ReadOnlySpan<byte> span) =>
        (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span));
}
