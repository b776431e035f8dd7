namespace Gateway.Http.Wire;

/// <summary>Field lines that were read before: a head nearly always repeats the one before it, and a line that is known needs no reading.</summary>
/// <remarks>
/// One for all connections of a reactor that hear the same kind of peer; on its thread. A line means the same wherever it
/// stands, so one that equals another, byte for byte, is as sound and has its parts in the same places.
/// </remarks>
internal sealed class FieldMemory
{
    private const int MostLines = 64;
    private const int MostBytes = 256;

    // So many lines may be missing from what was read before, or new, without the rest being read anew.
    private const int LooksAhead = 3;

    private readonly byte[] _bytes = new byte[MostLines * MostBytes];
    private readonly FieldLine[] _lines = new FieldLine[MostLines];
    private int _next;

    /// <summary>A new head begins.</summary>
    public void Begin() => _next = 0;

    /// <summary>True if the line at <paramref name="start"/> is known; its parts count from there.</summary>
    public bool TryRecall(ReadOnlySpan<byte> head, int start, out FieldLine line)
    {
        var rest = head[start..];
        for (var i = _next; i < _lines.Length && i <= _next + LooksAhead; i++)
        {
            var length = _lines[i].Length;
            if (length > 0 && length <= rest.Length && rest[..length].SequenceEqual(_bytes.AsSpan(i * MostBytes, length)))
            {
                line = _lines[i];
                _next = i + 1;
                return true;
            }
        }

        line = default;
        return false;
    }

    /// <summary>Keeps a line that was read. Credentials are forgotten: how long a comparison takes must tell nobody about another's.</summary>
    public void Keep(ReadOnlySpan<byte> head, int start, in FieldLine line)
    {
        if (_next >= MostLines)
        {
            return;
        }

        var isKept = line.Length <= MostBytes && !KnownHeaders.IsCredential(line.Known);
        _lines[_next] = isKept ? line : default;
        if (isKept)
        {
            head.Slice(start, line.Length).CopyTo(_bytes.AsSpan(_next * MostBytes));
        }

        _next++;
    }
}

/// <summary>The parts of a field line, in bytes from its beginning.</summary>
/// <param name="Length">The whole line, its end included; 0 for none.</param>
/// <param name="NameLength">Its name.</param>
/// <param name="ValueStart">Where its value begins.</param>
/// <param name="ValueLength">Its value, without the white space around it.</param>
/// <param name="Known">Which field it is.</param>
/// <param name="IsPlain">It is written as "name: value" and the end of the line.</param>
internal readonly record struct FieldLine(int Length, int NameLength, int ValueStart, int ValueLength, KnownHeader Known, bool IsPlain);
