using System.Text;

namespace Gateway.Tests.Host.Logging;

/// <summary>An output that can be stopped, can be full, and tells when it was flushed.</summary>
internal sealed class PacedStream : Stream
{
    private readonly MemoryStream _written = new();
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly SemaphoreSlim _flushed = new(0);
    private readonly SemaphoreSlim _entered = new(0);
    private readonly Lock _gate = new();

    /// <summary>The disk is full.</summary>
    public bool IsFull { get; set; }

    /// <summary>What was written so far.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                return Encoding.UTF8.GetString(_written.ToArray());
            }
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes stand still from now on.</summary>
    public void Stop() => _open.Reset();

    /// <summary>Writes go on.</summary>
    public void GoOn() => _open.Set();

    /// <summary>Waits until a write has begun.</summary>
    public bool WaitForWrite() => _entered.Wait(TimeSpan.FromSeconds(10));

    /// <summary>Waits until the output was flushed once more.</summary>
    public bool WaitForFlush() => _flushed.Wait(TimeSpan.FromSeconds(10));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _entered.Release();
        _open.Wait(TimeSpan.FromSeconds(30));
        if (IsFull)
        {
            throw new IOException("No space left on device");
        }

        lock (_gate)
        {
            _written.Write(buffer);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _flushed.Release();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
