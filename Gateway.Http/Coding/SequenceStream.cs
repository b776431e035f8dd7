using System.Buffers;

namespace Gateway.Http.Coding;

/// <summary>Received segments as a stream to read from. The last byte is handed out alone: a decoder that needs fewer
/// bytes than there are then leaves it behind, whatever it reads ahead.</summary>
internal sealed class SequenceStream(ReadOnlySequence<byte> bytes) : ReadOnlyStream
{
    private ReadOnlySequence<byte> _left = bytes;

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, _left.Length > 1 ? _left.Length - 1 : _left.Length);
        _left.Slice(0, count).CopyTo(buffer);
        _left = _left.Slice(count);
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));
}
