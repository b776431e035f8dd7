using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Gateway.Http.Body;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Server;

/// <summary>The body of a request, either received whole and kept (so that it can be sent, and sent again) or streamed.</summary>
public sealed class RequestBody
{
    // What may be read ahead of a head, which nobody has judged yet.
    private const int MostExpected = (4 * Block.Size) - 1;

    private readonly ConnectionReader _reader;
    private readonly BodyReader _framed;
    private readonly BlockBuffer _unframed;
    private readonly BodyRateGuard _rate;
    private readonly BodyRoom _room;
    private BodyFraming _framing;
    private HttpLimits _limits = new();
    private readonly ClientConnection _client;
    private long _headLength;
    private long _seen;
    private long _held;
    private bool _streams;
    private bool _released;

    internal RequestBody(ClientConnection client, ConnectionReader reader, ServerLimits limits, Reactor reactor)
    {
        _client = client;
        _reader = reader;
        _framed = new BodyReader(reader);
        _unframed = new BlockBuffer(reactor.Blocks);
        _rate = new BodyRateGuard(reactor, reader, limits);
        _room = limits.Room;
    }

    /// <summary>The request has a body that is not empty, as far as its head tells.</summary>
    public bool Exists => _framing.Kind == FramingKind.Chunked || _framing.Length > 0;

    /// <summary>Its length in bytes where the head tells, else -1.</summary>
    public long DeclaredLength => _framing.Kind switch
    {
        FramingKind.Chunked => -1,
        FramingKind.Length => _framing.Length,
        _ => 0,
    };

    /// <summary>All of it has been received.</summary>
    public bool IsComplete => UsesFraming ? _framed.IsComplete : _seen == _framing.Length;

    /// <summary>Bytes received so far.</summary>
    public long ReceivedBytes => UsesFraming ? _framed.TotalBytes : _seen;

    /// <summary>What was refused in its framing.</summary>
    public RejectReason Fault => _rate.HasExpired ? RejectReason.BodyTimeout : _framed.Fault;

    /// <summary>The kept body so far: where it was received, without its framing.</summary>
    public ReadOnlySequence<byte> Received =>
        UsesFraming ? _unframed.Content : _reader.Buffer.Slice(_headLength, _seen);

    /// <summary>The pieces of the last <see cref="StreamAsync"/>.</summary>
    public BodySlices Slices => _framed.Slices;

    /// <summary>Longest body that is kept, bytes; what the limits of the server say, until whoever answers says otherwise.</summary>
    public long MaxBytes { get; set; }

    private bool UsesFraming => _streams || _framing.Kind == FramingKind.Chunked;

    // An answer before the body was read keeps the connection only if reading the rest is cheap and certain to come.
    internal bool CanBeLeftUnread(ServerLimits limits) =>
        IsComplete || (_framing.Kind == FramingKind.Length && _framing.Length <= limits.DrainBytes && !_client.WaitsToSendBody);

    internal void Begin(RequestHead head, long headLength, HttpLimits limits)
    {
        _framing = head.Framing;
        _limits = limits;
        MaxBytes = limits.MaxBodyBytes;
        _headLength = headLength;
        _seen = 0;
        _streams = false;
        _released = false;
        _rate.Reset();
        if (_framing.Kind == FramingKind.Chunked)
        {
            BeginFramed();
        }
    }

    /// <summary>Receives more of the body and keeps it; <paramref name="sink"/> sees each new piece once.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<BodyStatus> ReceiveAsync(IBodySink sink)
    {
        if (DeclaredLength > MaxBytes)
        {
            return BodyStatus.TooLarge;
        }

        if (!TryHold(Math.Max(0, DeclaredLength)))
        {
            return BodyStatus.NoRoom;
        }

        if (!IsComplete && !await _client.InviteBodyAsync())
        {
            return BodyStatus.Truncated;
        }

        return await (_framing.Kind == FramingKind.Chunked ? KeepChunkedAsync(sink) : KeepPlainAsync(sink));
    }

    /// <summary>Bytes that what is made of this body may take now.</summary>
    public long RoomLeft => _room.Left;

    /// <summary>Takes room for what is made of this body, until it is given back; false if there is none.</summary>
    public bool TryHold(long bytes)
    {
        var isHeld = _room.TryTake(bytes, _held);
        _held += isHeld ? bytes : 0;
        return isHeld;
    }

    /// <summary>Waits for the next pieces of a body that is not kept; they stay until the next call.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<BodyStatus> StreamAsync()
    {
        if (!_streams && _framing.Kind != FramingKind.Chunked)
        {
            BeginFramed();
        }

        _streams = true;
        if (!IsComplete && !await _client.InviteBodyAsync())
        {
            return BodyStatus.Truncated;
        }

        _rate.Begin();
        var status = await _framed.ReadAsync();
        _rate.Pause(_framed.Slices.Bytes);
        return status;
    }

    /// <summary>Ends a pending <see cref="StreamAsync"/>: nobody wants the rest.</summary>
    public void Cancel() => _reader.CancelPendingRead();

    /// <summary>Gives the kept bytes back; what is being streamed is still on its way and stays.</summary>
    internal void ReleaseKept()
    {
        if (!_streams)
        {
            Release();
        }
    }

    /// <summary>Gives everything back: the exchange is over.</summary>
    internal void Release()
    {
        LetGo();
        _unframed.Clear();
        _framed.Release();
        if (!UsesFraming && !_released)
        {
            _reader.Consume(_headLength + _seen);

            // An agent's next request is about as long as this one: so it comes in one system call.
            _reader.Expect(Math.Min(_headLength + _seen, MostExpected));
        }

        _released = true;
    }

    // The raw bytes go as they are decoded, so the head, which lies before them, moves into memory of its own.
    private void BeginFramed()
    {
        _client.DetachHead();
        _headLength = 0;
        _framed.Begin(_framing, _limits);
    }

    internal void Close()
    {
        LetGo();
        _unframed.Clear();
        _rate.Close();
    }

    private void LetGo()
    {
        _room.GiveBack(_held);
        _held = 0;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<BodyStatus> KeepPlainAsync(IBodySink sink)
    {
        _rate.Begin();
        try
        {
            while (true)
            {
                TakePlain(sink);
                if (_seen == _framing.Length)
                {
                    return BodyStatus.Complete;
                }

                _reader.Expect(_framing.Length - _seen);
                _reader.ExamineAll();
                ReadResult result;
                while (!_reader.TryReadNow(out result))
                {
                    await _reader.WaitAsync();
                }

                if (result.IsCanceled)
                {
                    return BodyStatus.Canceled;
                }

                if (result.IsCompleted)
                {
                    return BodyStatus.Truncated;
                }
            }
        }
        finally
        {
            _rate.Pause(0);
        }
    }

    private void TakePlain(IBodySink sink)
    {
        var there = Math.Min(_reader.Length - _headLength, _framing.Length);
        if (there > _seen)
        {
            var fresh = _reader.Buffer.Slice(_headLength + _seen, there - _seen);
            _rate.Count(there - _seen);
            _seen = there;
            sink.Receive(fresh);
        }
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<BodyStatus> KeepChunkedAsync(IBodySink sink)
    {
        while (true)
        {
            _rate.Begin();
            var status = await _framed.ReadAsync();
            _rate.Pause(_framed.Slices.Bytes);
            if (status is not (BodyStatus.More or BodyStatus.Complete))
            {
                return status;
            }

            if (_framed.TotalBytes > MaxBytes)
            {
                return BodyStatus.TooLarge;
            }

            if (!TryHold(_framed.Slices.Bytes))
            {
                return BodyStatus.NoRoom;
            }

            foreach (var piece in _framed.Slices.Items)
            {
                _unframed.Write(piece.Span);
                sink.Receive(new ReadOnlySequence<byte>(piece));
            }

            if (status == BodyStatus.Complete)
            {
                _framed.Release();
                return BodyStatus.Complete;
            }
        }
    }
}
