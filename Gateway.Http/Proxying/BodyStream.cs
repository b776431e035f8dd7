using Gateway.Http.Body;

namespace Gateway.Http.Proxying;

/// <summary>A body as the stream that a decoder reads from.</summary>
internal sealed class BodyStream(BodyReader body) : Stream
{
    private ReadOnlyMemory<byte>[] _pieces = [];
    private int _next;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_next == _pieces.Length)
        {
            var status = await body.ReadAsync();
            if (status is not (BodyStatus.More or BodyStatus.Complete))
            {
                throw new IOException("The provider's answer broke off.");
            }

            _pieces = body.Slices.Items.ToArray();
            _next = 0;
            if (_pieces.Length == 0 && status == BodyStatus.Complete)
            {
                return 0;
            }
        }

        var piece = _pieces[_next];
        var count = Math.Min(piece.Length, buffer.Length);
        piece[..count].CopyTo(buffer);
        _pieces[_next] = piece[count..];
        _next += count == piece.Length ? 1 : 0;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
