namespace Gateway.Http.Wire;

/// <summary>The fields of the head that was read last: the next one nearly always repeats them, and lines that are known need no reading.</summary>
/// <remarks>
/// One for all connections of a reactor that hear the same kind of peer; on its thread. A line means the same wherever it
/// stands, so one that equals another, byte for byte, is as sound and has its parts in the same places.
/// </remarks>
internal sealed class FieldMemory
{
    private const int MostLines = 64;
    private const int MostBytes = 4096;

    // So many lines more than were just new may be missing from what was read before without the rest being read anew.
    private const int LooksAhead = 3;

    private readonly byte[] _bytes = new byte[MostBytes];
    private readonly FieldLine[] _lines = new FieldLine[MostLines];
    private int _count;
    private int _length;

    // Where the reading of the present head is, how many lines were new since the last that was known, and whether any was.
    private int _next;
    private int _at;
    private int _newLines;
    private bool _isNew;

    /// <summary>A new head begins.</summary>
    public void Begin()
    {
        _next = _at = _newLines = 0;
        _isNew = false;
    }

    /// <summary>Adds the lines that are known to a table, at most <paramref name="most"/>.</summary>
    /// <returns>Where the first line begins that is not.</returns>
    public int Recall(ReadOnlySpan<byte> head, int start, HeaderTable table, int most)
    {
        while (most > 0 && TryFind(head[start..]))
        {
            var same = head[start..].CommonPrefixLength(_bytes.AsSpan(_at, _length - _at));
            var lines = _lines.AsSpan(_next, Math.Min(most, _count - _next));
            var (known, covered) = (0, 0);
            while (known < lines.Length && lines[known].Length <= same - covered && !KnownHeaders.IsCredential(lines[known].Known))
            {
                covered += lines[known++].Length;
            }

            table.Add(start, lines[..known]);
            most -= known;
            start += covered;
            (_next, _at, _newLines) = (_next + known, _at + covered, 0);
        }

        return start;
    }

    /// <summary>A line was read that is not known.</summary>
    public void NoteNew(in FieldLine line)
    {
        // A credential is read each time. It changes nothing if one as long was here before.
        if (_next < _count && !Knows(_next) && _lines[_next] == line)
        {
            _at += line.Length;
            _next++;
            return;
        }

        _newLines++;
        _isNew = true;
    }

    /// <summary>The head is whole and sound: keeps its fields in place of those before. Credentials are forgotten: how long a comparison takes
    /// must tell nobody about another's.</summary>
    public void Keep(ReadOnlySpan<byte> fields, HeaderTable table)
    {
        if (!_isNew)
        {
            return;
        }

        _count = _length = 0;
        if (fields.Length > MostBytes || table.Count > MostLines)
        {
            return;
        }

        fields.CopyTo(_bytes);
        _length = fields.Length;
        _count = table.Count;
        table.CopyLines(_lines);
        var at = 0;
        for (var i = 0; i < _count; i++)
        {
            if (!Knows(i))
            {
                _bytes.AsSpan(at, _lines[i].Length).Clear();
            }

            at += _lines[i].Length;
        }
    }

    private bool Knows(int index) => index < _count && !KnownHeaders.IsCredential(_lines[index].Known);

    // True if the line is the next that is known, or one of those behind it.
    private bool TryFind(ReadOnlySpan<byte> rest)
    {
        var at = _at;
        for (var i = _next; i < _count && i <= _next + _newLines + LooksAhead; i++)
        {
            if (Knows(i) && rest.StartsWith(_bytes.AsSpan(at, _lines[i].Length)))
            {
                (_next, _at) = (i, at);
                return true;
            }

            at += _lines[i].Length;
        }

        return false;
    }
}

/// <summary>The parts of a field line, in bytes from its beginning.</summary>
/// <param name="Length">The whole line, its end included.</param>
/// <param name="NameLength">Its name.</param>
/// <param name="ValueStart">Where its value begins.</param>
/// <param name="ValueLength">Its value, without the white space around it.</param>
/// <param name="Known">Which field it is.</param>
/// <param name="IsPlain">It is written as "name: value" and the end of the line.</param>
internal readonly record struct FieldLine(int Length, int NameLength, int ValueStart, int ValueLength, KnownHeader Known, bool IsPlain);
