using System.Buffers.Binary;

namespace Gateway.Core.Analysis;

/// <summary>The stable hash of bytes that come in pieces, cut anywhere. Eight bytes a step; allocates nothing.</summary>
public struct StableHasher
{
    private const ulong Prime = 0xD6E8_FEB8_6659_FD93;
    private const int WordBytes = sizeof(ulong);
    private const int WordBits = 64;

    private ulong _hash;
    private ulong _word;
    private int _inWord;

    /// <summary>Begins anew.</summary>
    /// <param name="seed">Tells hashes of different things apart.</param>
    public StableHasher(ulong seed) => _hash = StableHash.Seed ^ seed;

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        for (; _inWord > 0 && !bytes.IsEmpty; bytes = bytes[1..])
        {
            Push(bytes[0]);
        }

        for (; bytes.Length >= WordBytes; bytes = bytes[WordBytes..])
        {
            Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            Push(value);
        }
    }

    /// <summary>The hash of what has come; never 0.</summary>
    public readonly ulong Finish() => StableHash.Finish(((_hash ^ _word) * Prime) ^ (ulong)Length);

    private void Push(byte value)
    {
        _word |= (ulong)value << (_inWord * WordBits / WordBytes);
        if (++_inWord == WordBytes)
        {
            Mix(_word);
            (_word, _inWord) = (0, 0);
        }
    }

    private void Mix(ulong word)
    {
        _hash = (_hash ^ word) * Prime;
        _hash ^= _hash >> 32;
    }
}
