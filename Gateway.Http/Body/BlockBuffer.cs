using System.Buffers;
using Gateway.Http.Sockets;

namespace Gateway.Http.Body;

/// <summary>Bytes of our own making (decoded or re-framed bodies) in pooled blocks, so that they can be sent like received ones.</summary>
public sealed class BlockBuffer(BlockPool pool) : IBufferWriter<byte>
{
    private Block? _first;
    private Block? _last;

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>What was written; valid until <see cref="Clear"/>.</summary>
    public ReadOnlySequence<byte> Content =>
        _first is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Written);

    /// <inheritdoc />
    public void Advance(int count)
    {
        _last!.Commit(count);
        Length += count;
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _last!.Free;
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _last!.FreeSpan;
    }

    /// <summary>Gives the blocks back.</summary>
    public void Clear()
    {
        for (var block = _first; block is not null;)
        {
            var next = block.NextBlock;
            pool.Return(block);
            block = next;
        }

        _first = _last = null;
        Length = 0;
    }

    private void EnsureFree(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizeHint, Block.Size);
        if (_last is not null && Block.Size - _last.Written >= Math.Max(sizeHint, 1))
        {
            return;
        }

        var block = pool.Rent();
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
}
