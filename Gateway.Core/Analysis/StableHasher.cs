using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Core.Analysis;

/// <summary>The stable hash of bytes that come in pieces, cut anywhere. Allocates nothing.</summary>
/// <remarks>
/// Four lanes, each of every fourth word: a multiplication takes four cycles, but one can begin in each. A conversation without
/// a session is known by its whole beginning, which may be a megabyte.
/// </remarks>
public struct StableHasher
{
    private const ulong Prime = 0xD6E8_FEB8_6659_FD93;
    private const int Lanes = 4;
    private const int BlockBytes = Lanes * sizeof(ulong);
    private const int Turn = 16;

    private Words _lanes;
    private Block _block;
    private int _inBlock;

    /// <summary>Begins anew.</summary>
    /// <param name="seed">Tells hashes of different things apart.</param>
    public StableHasher(ulong seed)
    {
        for (var i = 0; i < Lanes; i++)
        {
            _lanes[i] = BitOperations.RotateLeft(StableHash.Seed ^ seed, i * Turn);
        }
    }

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (_inBlock > 0)
        {
            var taken = Math.Min(BlockBytes - _inBlock, bytes.Length);
            Keep(bytes[..taken]);
            bytes = bytes[taken..];
            if (_inBlock < BlockBytes)
            {
                return;
            }

            Mix(ref _lanes, _block);
            _inBlock = 0;
        }

        Keep(bytes[Mix(ref _lanes, bytes)..]);
    }

    /// <summary>The hash of what has come; never 0.</summary>
    public readonly ulong Finish()
    {
        var lanes = _lanes;
        Block last = default;
        _block[.._inBlock].CopyTo(last);
        Mix(ref lanes, last);
        var hash = lanes[0];
        for (var i = 1; i < Lanes; i++)
        {
            // Turned, or the same change of two words would come to the same.
            hash = Step(BitOperations.RotateLeft(hash, Turn + i), lanes[i]);
        }

        return StableHash.Finish(hash ^ (ulong)Length);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_block[_inBlock..]);
        _inBlock += bytes.Length;
    }

    // Takes whole blocks; tells how many bytes.
    private static int Mix(ref Words lanes, ReadOnlySpan<byte> bytes)
    {
        var blocks = MemoryMarshal.Cast<byte, Words>(bytes);
        var (first, second, third, fourth) = (lanes[0], lanes[1], lanes[2], lanes[3]);
        foreach (ref readonly var block in blocks)
        {
            first = Step(first, block[0]);
            second = Step(second, block[1]);
            third = Step(third, block[2]);
            fourth = Step(fourth, block[3]);
        }

        (lanes[0], lanes[1], lanes[2], lanes[3]) = (first, second, third, fourth);
        return blocks.Length * BlockBytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Prime;
        return hash ^ (hash >> 32);
    }

    [InlineArray(Lanes)]
    private struct Words
    {
        private ulong _first;
    }

    [InlineArray(BlockBytes)]
    private struct Block
    {
        private byte _first;
    }
}
