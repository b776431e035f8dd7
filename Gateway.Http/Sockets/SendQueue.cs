namespace Gateway.Http.Sockets;

/// <summary>What waits to be sent, in order: slices of pinned memory, sent with one gathering system call.</summary>
/// <remarks>The memory must stay untouched until it is sent, and pinned: it comes from a <see cref="Block"/>.</remarks>
public sealed class SendQueue
{
    private ReadOnlyMemory<byte>[] _slices = new ReadOnlyMemory<byte>[8];
    private int _head;
    private int _tail;

    /// <summary>Bytes not sent yet.</summary>
    public long Length { get; private set; }

    /// <summary>True if all was sent.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The slices not sent yet.</summary>
    public ReadOnlySpan<ReadOnlyMemory<byte>> Slices => _slices.AsSpan(_head, _tail - _head);

    internal void Add(ReadOnlyMemory<byte> slice)
    {
        if (slice.IsEmpty)
        {
            return;
        }

        if (_tail == _slices.Length)
        {
            Array.Resize(ref _slices, _slices.Length * 2);
        }

        _slices[_tail++] = slice;
        Length += slice.Length;
    }

    internal void Sent(long count)
    {
        Length -= count;
        while (count > 0)
        {
            ref var slice = ref _slices[_head];
            if (count < slice.Length)
            {
                slice = slice[(int)count..];
                return;
            }

            count -= slice.Length;
            slice = default;
            _head++;
        }

        if (Length == 0)
        {
            _head = _tail = 0;
        }
    }

    internal void Clear()
    {
        _slices.AsSpan(_head, _tail - _head).Clear();
        _head = _tail = 0;
        Length = 0;
    }
}
