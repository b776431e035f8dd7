using System.Buffers;

namespace Gateway.Http.Sockets;

/// <summary>A pinned piece of memory that is at once the receive buffer and a segment of the sequence that is read from it.</summary>
/// <remarks>Belongs to one <see cref="BlockPool"/> and so to one reactor thread. Pinned, because system calls take its address.</remarks>
public sealed class Block : ReadOnlySequenceSegment<byte>
{
    /// <summary>Bytes in a block: large enough for a head and for an event, small enough that 5,000 of them do not hurt.</summary>
    public const int Size = 16 * 1024;

    private readonly byte[] _array = GC.AllocateUninitializedArray<byte>(Size, pinned: true);

    // mman.h: the pages go back to the system at once, and are zero when they are touched again.
    private const int DoNotNeed = 4;

    internal Block? NextBlock { get; private set; }

    /// <summary>Bytes written so far, 0 to <see cref="Size"/>.</summary>
    internal int Written { get; private set; }

    /// <summary>True while the block is on loan; guards against a second return.</summary>
    internal bool IsRented { get; set; }

    internal Memory<byte> Free => _array.AsMemory(Written);

    internal Span<byte> FreeSpan => _array.AsSpan(Written);

    internal Span<byte> Whole => _array;

    internal ReadOnlyMemory<byte> WrittenFrom(int start) => _array.AsMemory(start, Written - start);

    internal ReadOnlyMemory<byte> Slice(int start, int length) => _array.AsMemory(start, length);

    internal void Commit(int count)
    {
        Written += count;
        Memory = _array.AsMemory(0, Written);
    }

    internal void Append(Block next)
    {
        NextBlock = next;
        Next = next;
        next.RunningIndex = RunningIndex + Written;
    }

    /// <summary>Gives its memory back to the system, but for the pages it shares with neighbours; false where that can't be done.</summary>
    /// <remarks>The collector could not: what is pinned stays where it is, and one block in use keeps the 32 MB around it.</remarks>
    internal unsafe bool TryGiveBackPages()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        fixed (byte* first = _array)
        {
            var page = (nuint)Environment.SystemPageSize;
            var start = ((nuint)first + page - 1) / page * page;
            var end = ((nuint)first + Size) / page * page;
            return start < end && LinuxNative.madvise((void*)start, (nint)(end - start), DoNotNeed) == 0;
        }
    }

    /// <summary>Forgets content and neighbours: the state of a block in the pool.</summary>
    internal void Clear()
    {
        NextBlock = null;
        Next = null;
        RunningIndex = 0;
        Written = 0;
        Memory = default;
    }
}
