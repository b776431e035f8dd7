using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Gateway.Http.Sockets;

/// <summary>The outbound side of a connection: small things are written into blocks, large slices are only referenced, all goes out gathered.</summary>
/// <remarks>A flush ends when the kernel has taken everything, so a peer that stops reading stops who writes to it.</remarks>
public sealed class ConnectionWriter(Connection connection) : PipeWriter
{
    // Below this a copy is cheaper than one more entry of the gathering system call.
    private const int CopiedBelow = 512;

    private readonly SendQueue _queue = new();
    private Block? _first;
    private Block? _last;
    private int _runStart;

    /// <summary>Bytes sent since the connection began.</summary>
    public long TotalSent { get; private set; }

    /// <summary>The peer is gone: nothing can be sent any more.</summary>
    public bool IsLost { get; private set; }

    /// <inheritdoc />
    public override bool CanGetUnflushedBytes => true;

    /// <inheritdoc />
    public override long UnflushedBytes => _queue.Length + RunLength;

    private int RunLength => _last is null ? 0 : _last.Written - _runStart;

    /// <inheritdoc />
    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _last!.Free;
    }

    /// <inheritdoc />
    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _last!.FreeSpan;
    }

    /// <inheritdoc />
    public override void Advance(int bytes) => _last!.Commit(bytes);

    /// <summary>Copies bytes of any origin.</summary>
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var free = GetSpan();
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            Advance(count);
            bytes = bytes[count..];
        }
    }

    /// <summary>Sends a slice of a <see cref="Block"/> without copying it; it must stay untouched until the flush has ended.</summary>
    public void Append(ReadOnlyMemory<byte> slice)
    {
        if (slice.Length < CopiedBelow)
        {
            Write(slice.Span);
            return;
        }

        CloseRun();
        _queue.Add(slice);
    }

    /// <inheritdoc />
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        CloseRun();
        if (_queue.IsEmpty || IsLost)
        {
            return new ValueTask<FlushResult>(Ended(!IsLost, 0));
        }

        var bytes = _queue.Length;
        var sending = connection.SendAsync(_queue);
        return sending.IsCompletedSuccessfully
            ? new ValueTask<FlushResult>(Ended(sending.Result, bytes))
            : FlushSlowlyAsync(sending, bytes);
    }

    /// <inheritdoc />
    public override void CancelPendingFlush() => connection.Close();

    /// <summary>Gives the blocks back; nothing is sent.</summary>
    public override void Complete(Exception? exception = null)
    {
        IsLost = true;
        Release();
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> FlushSlowlyAsync(ValueTask<bool> sending, long bytes) => Ended(await sending, bytes);

    private FlushResult Ended(bool sent, long bytes)
    {
        TotalSent += sent ? bytes : 0;
        IsLost |= !sent;
        Release();
        return new FlushResult(isCanceled: false, isCompleted: IsLost);
    }

    private void EnsureFree(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizeHint, Block.Size);
        if (_last is not null && Block.Size - _last.Written >= Math.Max(sizeHint, 1))
        {
            return;
        }

        CloseRun();
        var block = connection.Reactor.Blocks.Rent();
        _runStart = 0;
        if (_last is null)
        {
            _first = block;
        }
        else
        {
            _last.Append(block);
        }

        _last = block;
    }

    private void CloseRun()
    {
        if (RunLength > 0)
        {
            _queue.Add(_last!.WrittenFrom(_runStart));
            _runStart = _last.Written;
        }
    }

    private void Release()
    {
        _queue.Clear();
        for (var block = _first; block is not null;)
        {
            var next = block.NextBlock;
            connection.Reactor.Blocks.Return(block);
            block = next;
        }

        _first = _last = null;
        _runStart = 0;
    }
}
