namespace Gateway.Http.Body;

/// <summary>Pieces of payload where they were received; a list that is reused for each read.</summary>
public sealed class BodySlices
{
    private ReadOnlyMemory<byte>[] _items = new ReadOnlyMemory<byte>[4];
    private int _count;

    /// <summary>Payload bytes in all pieces.</summary>
    public long Bytes { get; private set; }

    /// <summary>The pieces in order.</summary>
    public ReadOnlySpan<ReadOnlyMemory<byte>> Items => _items.AsSpan(0, _count);

    internal void Add(ReadOnlyMemory<byte> slice)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, _count * 2);
        }

        _items[_count++] = slice;
        Bytes += slice.Length;
    }

    internal void Clear()
    {
        _items.AsSpan(0, _count).Clear();
        _count = 0;
        Bytes = 0;
    }
}
