using System.Runtime.CompilerServices;

namespace Gateway.Http.Sockets;

/// <summary>A connection as a <see cref="Stream"/>, for TLS to run on: what is read and written here is ciphertext.</summary>
/// <remarks>Lives on the reactor's thread like the connection. One read and one write at a time.</remarks>
internal sealed class ConnectionStream(Connection connection) : Stream
{
    private readonly ConnectionWriter _writer = new(connection);
    private readonly ReactorSignal _flushed = new();
    private bool _isFlushing;

    /// <summary>While set, what is written is only gathered, and goes out together at the next <see cref="SendAsync"/>.</summary>
    public bool IsCorked { get; set; }

    /// <summary>The transport has ended or was lost; TLS may have said goodbye before, or not.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Bytes gathered and not sent.</summary>
    public long GatheredBytes => _writer.UnflushedBytes;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for bytes and takes them; with an empty buffer only waits. 0 at the end, and when the peer is lost.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        TryRead(buffer, out var count) ? new ValueTask<int>(count) : ReadWhenReadyAsync(buffer);

    /// <summary>Gathers the bytes, and sends them unless corked.</summary>
    /// <exception cref="IOException">The peer is gone.</exception>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isFlushing)
        {
            return WriteAfterFlushAsync(buffer);
        }

        _writer.Write(buffer.Span);
        return IsCorked ? default : SendOrThrowAsync();
    }

    /// <summary>Sends what was gathered; false if the peer is gone.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<bool> SendAsync()
    {
        _isFlushing = true;
        var result = await _writer.FlushAsync();
        _isFlushing = false;
        _flushed.Pulse();
        return !result.IsCompleted;
    }

    /// <summary>Gives the blocks back.</summary>
    public void Release() => _writer.Complete();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Sends at once and without waiting: only an alert, after which the connection is closed, comes this way.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_isFlushing)
        {
            _writer.Write(buffer);
            _ = SendAsync().AsTask();
        }
    }

    /// <inheritdoc />
    public override void Flush()
    {
        // Whatever is not corked was sent when it was written.
    }

    /// <inheritdoc />
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    private bool TryRead(Memory<byte> buffer, out int count)
    {
        if (buffer.IsEmpty)
        {
            count = 0;
            return connection.IsReadable || connection.IsClosed;
        }

        count = connection.TryReceive(buffer);
        if (count == Connection.WouldBlock)
        {
            return false;
        }

        HasEnded |= count <= 0;
        count = Math.Max(count, 0);
        return true;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<int> ReadWhenReadyAsync(Memory<byte> buffer)
    {
        int count;
        do
        {
            await connection.WaitReadableAsync();
        }
        while (!TryRead(buffer, out count));
        return count;
    }

    // TLS answers a message of the peer while a send still waits for the kernel.
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask WriteAfterFlushAsync(ReadOnlyMemory<byte> buffer)
    {
        while (_isFlushing)
        {
            await _flushed.WaitAsync();
        }

        await WriteAsync(buffer);
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask SendOrThrowAsync()
    {
        if (!await SendAsync())
        {
            throw new IOException("The peer is gone.");
        }
    }
}
