using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>What a chunk carries, if it is one string and nothing else of interest.</summary>
internal enum ChunkCargo
{
    /// <summary>Something else, or more than that.</summary>
    None,

    /// <summary>A piece of text.</summary>
    Text,

    /// <summary>A piece of a thought.</summary>
    Thought,

    /// <summary>A piece of a call's arguments.</summary>
    Arguments,
}

/// <summary>Knows a chunk again that differs from an earlier one in its one string only, so that all around it need not be read twice. Reusable.</summary>
/// <remarks>Most of a stream is such chunks. Equal bytes on both sides of a valid string mean the same as they did before: nothing is guessed.</remarks>
internal sealed class RepeatedChunk
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static control => (byte)control), (byte)'"', (byte)'\\']);

    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private readonly ArrayBufferWriter<byte> _chunk = new(1024);
    private int _before;
    private int _after;

    /// <summary>What the chunk carries; None if none is known.</summary>
    public ChunkCargo Cargo { get; private set; }

    /// <summary>The index of the call whose arguments it carries; -1 if it has none.</summary>
    public long CallIndex { get; private set; }

    /// <summary>Forgets the chunk.</summary>
    public void Reset() => Cargo = ChunkCargo.None;

    /// <summary>Remembers a chunk, if its delta is all it has to say and one string is all that is in it.</summary>
    /// <param name="chunk">The chunk, valid JSON.</param>
    /// <param name="delta">Its delta, read from these very bytes.</param>
    public void Learn(ReadOnlySpan<byte> chunk, in ChatDelta delta)
    {
        Cargo = delta.Sole(out var content, out var callIndex);
        if (Cargo == ChunkCargo.None || !chunk.Overlaps(content, out _before))
        {
            Reset();
            return;
        }

        _after = chunk.Length - _before - content.Length;
        _chunk.ResetWrittenCount();
        _chunk.Write(chunk);
        CallIndex = callIndex;
    }

    /// <summary>Whether a chunk is the same but for its string.</summary>
    /// <param name="chunk">The chunk, of which nothing is known.</param>
    /// <param name="content">What its string holds, escaped.</param>
    public bool Matches(ReadOnlySpan<byte> chunk, out ReadOnlySpan<byte> content)
    {
        content = default;
        var length = chunk.Length - _before - _after;
        var known = _chunk.WrittenSpan;
        if (Cargo == ChunkCargo.None || length <= 0 || !chunk[..^_after].StartsWith(known[.._before]) || !chunk.EndsWith(known[^_after..]))
        {
            return false;
        }

        content = chunk.Slice(_before, length);
        return IsStringContent(content);
    }

    // RFC 8259 section 7.
    private static bool IsStringContent(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var at = text.IndexOfAny(Special);
            if (at < 0)
            {
                return true;
            }

            text = text[at..];
            if (text[0] != '\\' || text.Length < 2)
            {
                return false;
            }

            var length = text[1] == 'u' ? 6 : 2;
            if (text.Length < length || !(length == 6 ? !text[2..6].ContainsAnyExcept(Hex) : "\"\\/bfnrt"u8.Contains(text[1])))
            {
                return false;
            }

            text = text[length..];
        }
    }
}
