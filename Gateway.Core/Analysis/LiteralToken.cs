namespace Gateway.Core.Analysis;

/// <summary>true, false or null, cut anywhere.</summary>
internal struct LiteralToken
{
    private byte _first;
    private int _read;

    /// <summary>What it stands for.</summary>
    public readonly JsonShape Shape => _first switch
    {
        (byte)'t' => JsonShape.True,
        (byte)'f' => JsonShape.False,
        _ => JsonShape.Null,
    };

    private readonly ReadOnlySpan<byte> Text => _first switch
    {
        (byte)'t' => "true"u8,
        (byte)'f' => "false"u8,
        _ => "null"u8,
    };

    /// <summary>Begins with its first letter.</summary>
    public void Begin(byte first)
    {
        _first = first;
        _read = 1;
    }

    /// <summary>Reads on; the index returned is behind it, at the wrong letter, or the segment's end.</summary>
    public int Read(ReadOnlySpan<byte> segment, int at, out TokenEnd end)
    {
        while (at < segment.Length && _read < Text.Length)
        {
            if (segment[at] != Text[_read])
            {
                end = TokenEnd.Failed;
                return at;
            }

            _read++;
            at++;
        }

        end = _read == Text.Length ? TokenEnd.Ended : TokenEnd.More;
        return at;
    }
}
