using System.Runtime.CompilerServices;
using Gateway.Http.Body;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Server;

/// <summary>Writes one response in the framing that its client understands, and knows what was sent.</summary>
public sealed class ResponseWriter
{
    private readonly ConnectionWriter _writer;
    private readonly Deadline _stall;
    private readonly ServerLimits _limits;
    private readonly DateHeader _date;
    private readonly Connection _connection;
    private readonly Reactor _reactor;
    private readonly RequestBody _body;
    private State _state;

    internal ResponseWriter(Connection connection, ConnectionWriter writer, ServerLimits limits, DateHeader date, RequestBody body)
    {
        _body = body;
        _writer = writer;
        _limits = limits;
        _date = date;
        _connection = connection;
        _reactor = connection.Reactor;
        _stall = new Deadline(connection.Reactor, static c => ((Connection)c).Close(reset: true), connection);
    }

    /// <summary>A head was written: the status can't be changed any more.</summary>
    public bool HasStarted => _state.Status != 0;

    /// <summary>All of the response was written.</summary>
    public bool IsComplete => _state.IsComplete;

    /// <summary>The head promises a length in bytes: nothing can be added to the body.</summary>
    public bool HasLength => _state.Length >= 0;

    /// <summary>The client is gone.</summary>
    public bool IsLost => _writer.IsLost;

    /// <summary>Status of the head that was written, or 0.</summary>
    public int Status => _state.Status;

    /// <summary>Payload bytes written so far.</summary>
    public long BodyBytes => _state.BodyBytes;

    /// <summary>The connection can serve another request after this response.</summary>
    public bool KeepsConnection => _state.KeepAlive;

    internal void Begin(RequestHead request, bool keepAlive) => _state = new State
    {
        IsHead = request.Method == RequestMethod.Head,
        IsHttp10 = request.MinorVersion == 0,
        KeepAlive = keepAlive,
    };

    /// <summary>Stands between the writer and the client; null for nobody. A new response begins without.</summary>
    public IResponseEdge? Edge
    {
        get => _state.Edge;
        set => _state.Edge = value;
    }

    /// <summary>Sees the payload; null for nobody. A new response begins without.</summary>
    public IPayloadWatch? Watch
    {
        get => _state.Watch;
        set => _state.Watch = value;
    }

    /// <summary>The connection will be closed after this response.</summary>
    public void CloseAfterwards() => _state.KeepAlive = false;

    /// <summary>Whatever the head turns out to be, it gets these fields.</summary>
    public void AddToHead(params (ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value)[] fields) => _state.ExtraFields = fields;

    /// <summary>Begins the head. Fields follow, then <see cref="EndHead"/>.</summary>
    public HeadWriter BeginHead(int status, ReadOnlySpan<byte> reason)
    {
        _state.Status = status;
        var head = new HeadWriter(_state.Edge is { } edge ? edge.BeginHead(status) : _writer);
        head.StatusLine(status, reason);
        return head;
    }

    /// <summary>Ends the head: the fields about this connection and this framing are the gateway's own (RFC 9110 section 7.6.1).</summary>
    /// <param name="head">The head begun before.</param>
    /// <param name="length">Body length in bytes; -1 where it is not known.</param>
    /// <param name="hasDate">The head has a date already: the provider's.</param>
    public void EndHead(ref HeadWriter head, long length, bool hasDate = false)
    {
        if (_state.Edge is { } edge)
        {
            head.End();
            edge.EndHead(this);
            return;
        }

        ChooseFraming(length);
        _state.KeepAlive &= _body.CanBeLeftUnread(_limits);
        if (!hasDate)
        {
            head.Field("date"u8, _date.At(_reactor.Time.GetUtcNow().ToUnixTimeSeconds()));
        }

        if (_state.IsChunked)
        {
            head.Field("transfer-encoding"u8, "chunked"u8);
        }
        else if (length >= 0 && _state.MayHaveLength)
        {
            head.Field("content-length"u8, length);
        }

        foreach (var (name, value) in _state.ExtraFields ?? [])
        {
            head.Field(name.Span, value.Span);
        }

        if (!_state.KeepAlive)
        {
            head.Field("connection"u8, "close"u8);
        }
        else if (_state.IsHttp10)
        {
            head.Field("connection"u8, "keep-alive"u8);
        }

        head.End();
    }

    /// <summary>Adds payload that lies in blocks, without copying it; the blocks must stay until the flush has ended.</summary>
    public void Append(BodySlices slices)
    {
        if (_state.Edge is { } edge)
        {
            foreach (var slice in slices.Items)
            {
                edge.Write(this, slice.Span);
            }

            return;
        }

        if (!BeginPayload(slices.Bytes))
        {
            return;
        }

        foreach (var slice in slices.Items)
        {
            _state.Watch?.Wrote(slice.Span);
            _writer.Append(slice);
        }

        EndPayload();
    }

    /// <summary>Adds a copy of payload.</summary>
    public void Write(ReadOnlySpan<byte> payload)
    {
        if (_state.Edge is { } edge)
        {
            edge.Write(this, payload);
        }
        else if (BeginPayload(payload.Length))
        {
            _state.Watch?.Wrote(payload);
            _writer.Write(payload);
            EndPayload();
        }
    }

    /// <summary>Ends the body; what was promised has been written.</summary>
    public void End()
    {
        if (_state.Edge is { } edge)
        {
            edge.End(this);
            return;
        }

        if (_state.IsChunked && !_state.IsHead)
        {
            _writer.Write(ChunkedWriter.LastChunk);
        }

        _state.IsComplete = !_state.HasBody || _state.Length < 0 || _state.BodyBytes == _state.Length;
        _state.KeepAlive &= _state.IsComplete;
    }

    /// <summary>Gives the response up: no last chunk, and the connection is cut, so that nobody takes it for whole.</summary>
    public void Abandon(bool reset = false)
    {
        _state.KeepAlive = false;
        _state.IsComplete = false;
        if (reset)
        {
            _connection.Close(reset: true);
        }
    }

    /// <summary>Sends what was written; false if the client is gone.</summary>
    public ValueTask<bool> FlushAsync()
    {
        var flush = _writer.FlushAsync();
        return flush.IsCompletedSuccessfully
            ? new ValueTask<bool>(!flush.Result.IsCompleted)
            : FlushSlowlyAsync(flush);
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> FlushSlowlyAsync(ValueTask<System.IO.Pipelines.FlushResult> flush)
    {
        _stall.Start(_limits.WriteStallMs);
        var result = await flush;
        _stall.Stop();
        return !result.IsCompleted;
    }

    internal void Close() => _stall.Discard();

    private void ChooseFraming(long length)
    {
        _state.Length = length;

        // RFC 9112 section 6: no body framing at all in 1xx and 204; RFC 9110 section 8.6: no Content-Length there.
        _state.MayHaveLength = _state.Status is >= 200 and not 204;
        _state.HasBody = _state.MayHaveLength && _state.Status != 304 && !_state.IsHead;
        if (length < 0 && _state.HasBody)
        {
            _state.IsChunked = !_state.IsHttp10;

            // An HTTP/1.0 client learns the end from the close.
            _state.KeepAlive &= !_state.IsHttp10;
        }
    }

    private bool BeginPayload(long bytes)
    {
        if (bytes == 0 || _state.IsHead)
        {
            return false;
        }

        _state.BodyBytes += bytes;
        if (_state.IsChunked)
        {
            var line = _writer.GetSpan(ChunkedWriter.MaxSizeLine);
            _writer.Advance(ChunkedWriter.WriteSizeLine(line, (int)bytes));
        }

        return true;
    }

    private void EndPayload()
    {
        if (_state.IsChunked)
        {
            _writer.Write(ChunkedWriter.Crlf);
        }
    }

    private struct State
    {
        public int Status;
        public IResponseEdge? Edge;
        public IPayloadWatch? Watch;
        public (ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value)[]? ExtraFields;
        public long Length;
        public long BodyBytes;
        public bool IsHead;
        public bool IsHttp10;
        public bool IsChunked;
        public bool MayHaveLength;
        public bool HasBody;
        public bool KeepAlive;
        public bool IsComplete;
    }
}
