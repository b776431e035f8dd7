namespace Gateway.Http.Wire;

/// <summary>The fields of one head: ranges in the bytes as they were received. Reused; nothing is copied.</summary>
public sealed class HeaderTable
{
    private const int EndOfLine = 2;

    private Entry[] _entries = new Entry[32];
    private ArraySegment<byte> _head = ArraySegment<byte>.Empty;

    // Nearly every question about a head is about a field that is not there.
    private FieldSet _present;
    private FieldSet _repeated;

    // Lengths of the names, a bit each modulo 64: answers the same about names that are not among the known.
    private ulong _lengths;

    /// <summary>Number of field lines.</summary>
    public int Count { get; private set; }

    /// <summary>Name as it was sent.</summary>
    public ReadOnlySpan<byte> Name(int index) => _head.AsSpan(_entries[index].Start, _entries[index].Line.NameLength);

    /// <summary>Value without the white space around it.</summary>
    public ReadOnlySpan<byte> Value(int index) => _head.AsSpan(_entries[index].Start + _entries[index].Line.ValueStart, _entries[index].Line.ValueLength);

    /// <summary>Which field it is, if it is one the gateway looks at.</summary>
    public KnownHeader Known(int index) => _entries[index].Line.Known;

    /// <summary>False for fields that end here: about this connection, named by Connection, or about framing.</summary>
    public bool IsForwardable(int index) => !_entries[index].IsDropped;

    /// <summary>Index of the first such field, or -1.</summary>
    public int IndexOf(KnownHeader header)
    {
        if (!Has(header))
        {
            return -1;
        }

        var i = 0;
        while (_entries[i].Line.Known != header)
        {
            i++;
        }

        return i;
    }

    /// <summary>Value of the first such field.</summary>
    public bool TryGet(KnownHeader header, out ReadOnlySpan<byte> value)
    {
        var index = IndexOf(header);
        value = index < 0 ? default : Value(index);
        return index >= 0;
    }

    /// <summary>Value of the first field of this name, whatever its case.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        if ((_lengths & LengthBit(name.Length)) != 0)
        {
            for (var i = 0; i < Count; i++)
            {
                if (_entries[i].Line.NameLength == name.Length && System.Text.Ascii.EqualsIgnoreCase(Name(i), name))
                {
                    value = Value(i);
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    internal void Reset(ArraySegment<byte> head)
    {
        _head = head;
        Count = 0;
        _present = _repeated = default;
        _lengths = 0;
    }

    /// <summary>Whether there is such a field.</summary>
    internal bool Has(KnownHeader header) => _present.Contains(header);

    /// <summary>Whether there are several such fields.</summary>
    internal bool Repeats(KnownHeader header) => _repeated.Contains(header);

    /// <summary>Adds the next lines, which begin at <paramref name="start"/> of the head.</summary>
    internal void Add(int start, ReadOnlySpan<FieldLine> lines)
    {
        while (Count + lines.Length > _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        var entries = _entries.AsSpan(Count, lines.Length);
        var (present, repeated, lengths) = (_present, _repeated, _lengths);
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var line = ref lines[i];
            var field = FieldSet.Of(line.Known);
            repeated |= present & field;
            present |= field;
            lengths |= LengthBit(line.NameLength);
            ref var entry = ref entries[i];
            entry.Start = start;
            entry.Line = line;
            entry.IsDropped = !FieldSet.Forwardable.Contains(line.Known);
            start += line.Length;
        }

        (_present, _repeated, _lengths) = (present, repeated, lengths);
        Count += lines.Length;
    }

    /// <summary>Copies the parts of all lines.</summary>
    internal void CopyLines(Span<FieldLine> lines)
    {
        for (var i = 0; i < Count; i++)
        {
            lines[i] = _entries[i].Line;
        }
    }

    /// <summary>Writes the fields of a set, in order, unless <c>Connection</c> named them.</summary>
    /// <remarks>Neighbours that stand there as they would be written go in one piece: the bytes are the same.</remarks>
    internal void Write(ref HeadWriter head, FieldSet passing)
    {
        for (var i = 0; i < Count; i++)
        {
            if (!Passes(i, passing))
            {
                continue;
            }

            if (!_entries[i].Line.IsPlain)
            {
                head.Field(Name(i), Value(i));
                continue;
            }

            var start = _entries[i].Start;
            while (i + 1 < Count && _entries[i + 1].Line.IsPlain && Passes(i + 1, passing))
            {
                i++;
            }

            head.Lines(_head.AsSpan(start, _entries[i].Start + _entries[i].Line.Length - start));
        }
    }

    /// <summary>Keeps the fields of this name from passing on: Connection named them.</summary>
    internal void Drop(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < Count; i++)
        {
            _entries[i].IsDropped |= System.Text.Ascii.EqualsIgnoreCase(Name(i), name);
        }
    }

    /// <summary>Whether the line is "name:value" or "name: value", without any other white space.</summary>
    internal bool IsPlainlyWritten(int index)
    {
        ref readonly var line = ref _entries[index].Line;
        return line.IsPlain || line.Length == line.NameLength + 1 + line.ValueLength + EndOfLine;
    }

    private bool Passes(int index, FieldSet passing) => !_entries[index].IsDropped && passing.Contains(_entries[index].Line.Known);

    private static ulong LengthBit(int length) => 1UL << (length & 63);

    private struct Entry
    {
        public int Start;
        public FieldLine Line;
        public bool IsDropped;
    }
}
