namespace Gateway.Http.Wire;

/// <summary>The fields of one head: ranges in the bytes as they were received. Reused; nothing is copied.</summary>
public sealed class HeaderTable
{
    private Entry[] _entries = new Entry[32];
    private ReadOnlyMemory<byte> _head;

    // Sets of known fields, a bit each: nearly every question about a head is about a field that is not there.
    private ulong _present;
    private ulong _repeated;

    // Lengths of the names, a bit each modulo 64: answers the same about names that are not among the known.
    private ulong _lengths;

    /// <summary>Number of field lines.</summary>
    public int Count { get; private set; }

    /// <summary>Name as it was sent.</summary>
    public ReadOnlySpan<byte> Name(int index) => _head.Span.Slice(_entries[index].NameStart, _entries[index].NameLength);

    /// <summary>Value without the white space around it.</summary>
    public ReadOnlySpan<byte> Value(int index) => _head.Span.Slice(_entries[index].ValueStart, _entries[index].ValueLength);

    /// <summary>Which field it is, if it is one the gateway looks at.</summary>
    public KnownHeader Known(int index) => _entries[index].Known;

    /// <summary>False for fields that end here: about this connection, named by Connection, or about framing.</summary>
    public bool IsForwardable(int index) => !_entries[index].IsDropped;

    /// <summary>Index of the first such field, or -1.</summary>
    public int IndexOf(KnownHeader header)
    {
        if (!Has(header))
        {
            return -1;
        }

        for (var i = 0; i < Count; i++)
        {
            if (_entries[i].Known == header)
            {
                return i;
            }
        }

        return -1;
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
                if (_entries[i].NameLength == name.Length && System.Text.Ascii.EqualsIgnoreCase(Name(i), name))
                {
                    value = Value(i);
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    internal void Reset(ReadOnlyMemory<byte> head)
    {
        _head = head;
        Count = 0;
        _present = _repeated = _lengths = 0;
    }

    /// <summary>Whether there is such a field.</summary>
    internal bool Has(KnownHeader header) => (_present & Bit(header)) != 0;

    /// <summary>Whether there are several such fields.</summary>
    internal bool Repeats(KnownHeader header) => (_repeated & Bit(header)) != 0;

    internal void Add(int nameStart, int nameLength, int valueStart, int valueLength, KnownHeader known)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        _repeated |= _present & Bit(known);
        _present |= Bit(known);
        _lengths |= LengthBit(nameLength);
        _entries[Count++] = new Entry
        {
            NameStart = nameStart,
            NameLength = nameLength,
            ValueStart = valueStart,
            ValueLength = valueLength,
            Known = known,
            IsDropped = !KnownHeaders.IsForwardable(known),
        };
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
        ref readonly var entry = ref _entries[index];
        var head = _head.Span;
        var lead = head[(entry.NameStart + entry.NameLength + 1)..entry.ValueStart];
        return head[entry.ValueStart + entry.ValueLength] == (byte)'\r' && (lead.IsEmpty || lead is [(byte)' ']);
    }

    private static ulong Bit(KnownHeader header) => 1UL << (int)header;

    private static ulong LengthBit(int length) => 1UL << (length & 63);

    private struct Entry
    {
        public int NameStart;
        public int NameLength;
        public int ValueStart;
        public int ValueLength;
        public KnownHeader Known;
        public bool IsDropped;
    }
}
