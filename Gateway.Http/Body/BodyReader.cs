using System.Buffers;
using System.Runtime.CompilerServices;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Body;

/// <summary>Takes the payload of one message out of its framing, in place: what was received is what is sent on.</summary>
public sealed class BodyReader(ConnectionReader reader)
{
    private readonly BodySlices _slices = new();
    private ChunkedReader _chunks;
    private HttpLimits _limits = new();
    private BodyFraming _framing;
    private long _left;
    private long _held;

    /// <summary>Payload of the last read; valid until <see cref="Release"/>.</summary>
    public BodySlices Slices => _slices;

    /// <summary>The whole body was read.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Payload bytes read so far.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Why the framing was refused.</summary>
    public RejectReason Fault { get; private set; }

    /// <summary>Prepares for a body that begins at the reader's first byte.</summary>
    public void Begin(BodyFraming framing, HttpLimits limits)
    {
        _framing = framing;
        _limits = limits;
        _left = framing.Length;
        _chunks = default;
        _held = 0;
        _slices.Clear();
        TotalBytes = 0;
        Fault = RejectReason.None;
        IsComplete = framing.Kind == FramingKind.None || (framing.Kind == FramingKind.Length && framing.Length == 0);
    }

    /// <summary>Waits for payload, or takes what is there; the bytes stay until <see cref="Release"/>.</summary>
    public ValueTask<BodyStatus> ReadAsync() =>
        TryRead(out var status) ? new ValueTask<BodyStatus>(status) : ReadMoreAsync();

    /// <summary>Takes payload if that needs no waiting; false if there is none yet: then <see cref="WaitAsync"/>. The bytes stay until <see cref="Release"/>.</summary>
    public bool TryRead(out BodyStatus status)
    {
        Release();
        if (IsComplete)
        {
            status = BodyStatus.Complete;
            return true;
        }

        if (_framing.Kind == FramingKind.Length)
        {
            reader.Expect(_left - reader.Length);
        }

        while (reader.TryReadNow(out var result))
        {
            if (result.IsCanceled)
            {
                status = BodyStatus.Canceled;
                return true;
            }

            if (!result.Buffer.IsEmpty && TryTake(result.Buffer, out status))
            {
                return true;
            }

            if (result.IsCompleted)
            {
                status = AtEndOfStream();
                return true;
            }

            reader.ExamineAll();
        }

        status = BodyStatus.More;
        return false;
    }

    /// <summary>Ends when <see cref="TryRead"/> is worth another try; may end for nothing.</summary>
    public ValueTask WaitAsync() => reader.WaitAsync();

    /// <summary>Gives up the bytes of the last read.</summary>
    public void Release()
    {
        _slices.Clear();
        if (_held > 0)
        {
            reader.Consume(_held);
            _held = 0;
        }
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<BodyStatus> ReadMoreAsync()
    {
        BodyStatus status;
        do
        {
            await WaitAsync();
        }
        while (!TryRead(out status));

        return status;
    }

    // RFC 9112 section 8: only a body that is delimited by the close of the connection ends with it, and only with a proper close.
    private BodyStatus AtEndOfStream()
    {
        if (_framing.Kind != FramingKind.UntilClose || reader.IsLost)
        {
            return BodyStatus.Truncated;
        }

        IsComplete = true;
        return BodyStatus.Complete;
    }

    private bool TryTake(in ReadOnlySequence<byte> buffer, out BodyStatus status)
    {
        status = _framing.Kind == FramingKind.Chunked ? TakeChunked(buffer) : TakePlain(buffer);
        TotalBytes += _slices.Bytes;
        return _slices.Bytes > 0 || status != BodyStatus.More;
    }

    private BodyStatus TakePlain(in ReadOnlySequence<byte> buffer)
    {
        var most = _framing.Kind == FramingKind.Length ? _left : long.MaxValue;
        foreach (var segment in buffer)
        {
            var taken = segment[..(int)Math.Min(segment.Length, most)];
            _slices.Add(taken);
            most -= taken.Length;
            if (most == 0)
            {
                break;
            }
        }

        _held = _slices.Bytes;
        _left = most;
        IsComplete = most == 0;
        return IsComplete ? BodyStatus.Complete : BodyStatus.More;
    }

    private BodyStatus TakeChunked(in ReadOnlySequence<byte> buffer)
    {
        foreach (var segment in buffer)
        {
            var rest = segment;
            while (!rest.IsEmpty)
            {
                var step = _chunks.Read(rest.Span, _limits, out var consumed, out var start, out var length, out var reason);
                _held += consumed;
                if (length > 0)
                {
                    _slices.Add(rest.Slice(start, length));
                }

                if (step == ChunkStep.End)
                {
                    IsComplete = true;
                    return BodyStatus.Complete;
                }

                if (step == ChunkStep.Rejected)
                {
                    Fault = reason;
                    return BodyStatus.Malformed;
                }

                rest = rest[consumed..];
            }
        }

        return ForgetFraming();
    }

    // Nothing but chunk lines: they can go at once, and the next read waits for new bytes.
    private BodyStatus ForgetFraming()
    {
        if (_slices.Bytes == 0)
        {
            reader.Consume(_held);
            _held = 0;
        }

        return BodyStatus.More;
    }
}
