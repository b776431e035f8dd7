using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gateway.Core.Relay;

/// <summary>A short UTF-8 text kept in place: what does not fit is cut at a character border.</summary>
internal struct ShortText
{
    /// <summary>Bytes that fit.</summary>
    public const int Capacity = 128;

    private Storage _bytes;
    private byte _length;
    private bool _cut;

    /// <summary>The text so far.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Span => ((ReadOnlySpan<byte>)_bytes)[.._length];

    /// <summary>Forgets the text.</summary>
    public void Clear()
    {
        _length = 0;
        _cut = false;
    }

    /// <summary>Takes another text.</summary>
    public void Set(ReadOnlySpan<byte> text)
    {
        Clear();
        Append(text);
    }

    /// <summary>Appends bytes of the text, cut anywhere.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_cut)
        {
            return;
        }

        var taken = Math.Min(bytes.Length, Capacity - _length);
        bytes[..taken].CopyTo(((Span<byte>)_bytes)[_length..]);
        _length += (byte)taken;
        if (taken < bytes.Length)
        {
            _cut = true;
            DropHalfCharacter();
        }
    }

    // A half character at the end would make the log line that quotes it invalid UTF-8.
    private void DropHalfCharacter()
    {
        var lead = _length - 1;
        while (lead > 0 && (_bytes[lead] & 0xC0) == 0x80)
        {
            lead--;
        }

        var size = Math.Max(1, BitOperations.LeadingZeroCount((uint)(byte)~_bytes[lead]) - 24);
        if (lead + size > _length)
        {
            _length = (byte)lead;
        }
    }

    [InlineArray(Capacity)]
    private struct Storage
    {
        private byte _first;
    }
}
