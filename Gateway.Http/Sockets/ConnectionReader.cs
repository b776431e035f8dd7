using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Gateway.Http.Sockets;

/// <summary>The inbound bytes of a connection as a pipe of pooled blocks: what is examined but not consumed stays and can be sent again.</summary>
/// <remarks>
/// There is no second loop behind it: a read that finds nothing does the system call itself. An idle reader holds no block.
/// Unlike a <see cref="Pipe"/> it has no threshold of its own: who keeps bytes unconsumed must cap them.
/// </remarks>
public sealed class ConnectionReader(Connection connection) : PipeReader
{
#if DEBUG
    // Every boundary is met by ordinary tests.
    private const int MostBytesPerReceive = 16;
#else
    private const int MostBytesPerReceive = int.MaxValue;
#endif
    private const int MostBlocksPerReceive = 8;
    private const int ReceivesPerTurn = 32;

    private readonly ReactorSignal _nextTurn = new();
    private Block? _first;
    private Block? _last;
    private int _start;
    private long _examined;
    private long _expected;
    private long _turn;
    private int _receives;
    private bool _canceled;

    /// <summary>Bytes received and not consumed.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes received since the connection began.</summary>
    public long TotalReceived { get; private set; }

    /// <summary>No more bytes will come.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>It ended by reset or by our close, not by a FIN of the peer.</summary>
    public bool IsLost { get; private set; }

    /// <summary>What is there and not consumed.</summary>
    public ReadOnlySequence<byte> Buffer =>
        _first is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_first, _start, _last!, _last!.Written);

    /// <summary>Announces that so many more bytes belong to the message, so that large bodies come in few system calls.</summary>
    public void Expect(long bytes) => _expected = bytes;

    /// <inheritdoc />
    public override bool TryRead(out ReadResult result)
    {
        var isThere = _canceled || HasEnded || Length > _examined;
        result = isThere ? TakeResult() : default;
        return isThere;
    }

    /// <inheritdoc />
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        TryReadNow(out var result) ? new ValueTask<ReadResult>(result) : ReadWhenReadyAsync();

    /// <summary>Takes what is there, or receives it if that needs no waiting; false if there is nothing: then <see cref="WaitAsync"/>.</summary>
    /// <remarks>Who waits in a loop of these two is resumed by the connection itself, with no method in between.</remarks>
    public bool TryReadNow(out ReadResult result)
    {
        if (TryRead(out result))
        {
            return true;
        }

        if (IsFairToReceive() && TryReceive())
        {
            result = TakeResult();
            return true;
        }

        return false;
    }

    /// <summary>Ends when <see cref="TryReadNow"/> is worth another try; may end for nothing.</summary>
    public ValueTask WaitAsync()
    {
        if (!IsFairToReceive())
        {
            connection.Reactor.SetNextTurn(_nextTurn);
            return _nextTurn.WaitAsync();
        }

        ReleaseEmptyTail();
        return connection.WaitReadableAsync();
    }

    /// <inheritdoc />
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc />
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var examinedBytes = Buffer.Slice(0, examined).Length;
        var consumedBytes = Buffer.Slice(0, consumed).Length;
        Consume(consumedBytes);
        _examined = examinedBytes - consumedBytes;
    }

    /// <summary>Gives up the first <paramref name="count"/> bytes; their blocks go back to the pool.</summary>
    public void Consume(long count)
    {
        Length -= count;
        _examined = Math.Max(0, _examined - count);
        while (_first is { } block)
        {
            var there = block.Written - _start;
            if (count < there || (count == there && block == _last && connection.HoldsBuffer))
            {
                _start += (int)count;
                return;
            }

            count -= there;
            _start = 0;
            _first = block.NextBlock;
            connection.Reactor.Blocks.Return(block);
        }

        _last = null;
    }

    /// <summary>Keeps everything and waits, at the next read, for more than is there now.</summary>
    public void ExamineAll() => _examined = Length;

    /// <inheritdoc />
    public override void CancelPendingRead()
    {
        _canceled = true;
        connection.WakeReader();
        _nextTurn.Pulse();
    }

    /// <summary>Takes back a cancellation that no read has seen.</summary>
    public void ForgetCancellation() => _canceled = false;

    /// <summary>Gives all blocks back. The connection stays as it is.</summary>
    public override void Complete(Exception? exception = null)
    {
        HasEnded = true;
        Consume(Length);
        ReleaseEmptyTail();
    }

    /// <summary>Receives without waiting; true if bytes or the end came.</summary>
    internal bool TryReceive()
    {
        if (!connection.IsReadable && !connection.IsClosed)
        {
            return false;
        }

        _receives++;
        var received = _expected > Block.Size && MostBytesPerReceive > Block.Size ? ReceiveMany() : ReceiveSome();
        if (received > 0)
        {
            Length += received;
            TotalReceived += received;
            _expected = Math.Max(0, _expected - received);
            return true;
        }

        if (received == Connection.WouldBlock)
        {
            ReleaseEmptyTail();
            return false;
        }

        HasEnded = true;
        IsLost = received == Connection.Lost;
        return true;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReadWhenReadyAsync()
    {
        ReadResult result;
        while (!TryReadNow(out result))
        {
            await WaitAsync();
        }

        return result;
    }

    private ReadResult TakeResult()
    {
        var canceled = _canceled;
        _canceled = false;
        return new ReadResult(Buffer, canceled, HasEnded);
    }

    // One connection that always has bytes would keep all others of the reactor waiting.
    private bool IsFairToReceive()
    {
        var turn = connection.Reactor.Turn;
        if (turn != _turn)
        {
            _turn = turn;
            _receives = 0;
        }

        return _receives < ReceivesPerTurn;
    }

    private int ReceiveSome()
    {
        var block = Tail();
        var free = block.Free;
        var received = connection.TryReceive(free[..Math.Min(free.Length, MostBytesPerReceive)]);
        if (received > 0)
        {
            block.Commit(received);
        }

        return received;
    }

    private int ReceiveMany()
    {
        var wanted = (int)Math.Min(MostBlocksPerReceive, (_expected / Block.Size) + 1);
        var blocks = default(BlockArray);
        blocks[0] = Tail();
        for (var i = 1; i < wanted; i++)
        {
            blocks[i] = connection.Reactor.Blocks.Rent();
        }

        var received = connection.TryReceive(((ReadOnlySpan<Block>)blocks)[..wanted]);
        var left = Math.Max(0, received);
        var used = Math.Min(left, blocks[0].Free.Length);
        blocks[0].Commit(used);
        left -= used;
        for (var i = 1; i < wanted; i++)
        {
            if (left == 0)
            {
                connection.Reactor.Blocks.Return(blocks[i]);
                continue;
            }

            used = Math.Min(left, Block.Size);
            Append(blocks[i]);
            blocks[i].Commit(used);
            left -= used;
        }

        return received;
    }

    private Block Tail()
    {
        if (_last is null || _last.Written == Block.Size)
        {
            Append(connection.Reactor.Blocks.Rent());
        }

        return _last!;
    }

    private void Append(Block block)
    {
        if (_last is null)
        {
            _first = block;
            _start = 0;
        }
        else
        {
            _last.Append(block);
        }

        _last = block;
    }

    private void ReleaseEmptyTail()
    {
        if (Length == 0 && _first is { } block && !connection.HoldsBuffer)
        {
            _first = _last = null;
            _start = 0;
            connection.Reactor.Blocks.Return(block);
        }
    }

    [InlineArray(MostBlocksPerReceive)]
    private struct BlockArray
    {
        private Block _block;
    }
}
