using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Gateway.Http.Body;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Server;

/// <summary>One client: reads a head, has it answered, and does so again for as long as both sides want.</summary>
public sealed class ClientConnection
{
    private readonly HttpServer _server;
    private readonly Connection _connection;
    private readonly ConnectionReader _reader;
    private readonly ConnectionWriter _writer;
    private readonly Exchange _exchange;
    private readonly Deadline _deadline;
    private HeadBoundary _boundary;
    private long _searched;
    private int _headLength;
    private bool _isIdle;
    private bool _bodyInvited;

    internal ClientConnection(HttpServer server, Connection connection)
    {
        (_server, _connection) = (server, connection);
        (_reader, _writer) = (new ConnectionReader(connection), new ConnectionWriter(connection));
        _exchange = new Exchange(this, connection, _reader, _writer, server);
        _deadline = new Deadline(connection.Reactor, static c => ((ClientConnection)c)._reader.CancelPendingRead(), this);
    }

    private enum Head : byte
    {
        Ready,
        Gone,
        Refused,
    }

    /// <summary>The client asked for an invitation to send its body and has got none.</summary>
    internal bool WaitsToSendBody => _exchange.Request.ExpectsContinue && !_bodyInvited;

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    internal async ValueTask RunAsync()
    {
        try
        {
            while (await ReadHeadAsync() == Head.Ready)
            {
                try
                {
                    await _server.Handler.HandleAsync(_exchange);
                }
                catch (Exception exception)
                {
                    _exchange.Response.CloseAfterwards();
                    _server.Handler.Failed(_exchange, exception);
                }

                EndAnswer();
                if (!await PrepareNextAsync())
                {
                    break;
                }
            }
        }
        finally
        {
            Close();
        }
    }

    /// <summary>At most one request more: an idle connection ends if none comes soon, a busy one after its response.</summary>
    internal void Drain()
    {
        if (!_isIdle)
        {
            _exchange.Response.CloseAfterwards();
            return;
        }

        // Its client may have sent a request already, or have connected for one: to close now would lose it.
        _deadline.Start(_server.Limits.DrainGraceMs);
    }

    /// <summary>One that is idle goes after so many milliseconds, unless it would go sooner anyway.</summary>
    internal void Hasten(int keepAliveMs)
    {
        if (_isIdle && _deadline.RemainingMs > keepAliveMs)
        {
            _deadline.Start(keepAliveMs);
        }
    }

    /// <summary>The answer under way is given up, and its client told so where it can be.</summary>
    internal void GiveUp() => _exchange.NoteStopping();

    /// <summary>Ends the connection whatever it is doing.</summary>
    internal void Abort() => _connection.Close(reset: true);

    /// <summary>Tells a client that asked (RFC 9110 section 10.1.1) to send its body, unless it has begun.</summary>
    internal ValueTask<bool> InviteBodyAsync()
    {
        if (_bodyInvited || !_exchange.Request.ExpectsContinue)
        {
            return new ValueTask<bool>(true);
        }

        _bodyInvited = true;
        if (_reader.Length > _headLength)
        {
            return new ValueTask<bool>(true);
        }

        _writer.Write("HTTP/1.1 100 Continue\r\n\r\n"u8);
        return _exchange.Response.FlushAsync();
    }

    /// <summary>Moves the head into memory of its own, so that the bytes after it can be consumed.</summary>
    internal void DetachHead()
    {
        if (_headLength == 0)
        {
            return;
        }

        var copy = _reader.Buffer.Slice(0, _headLength).ToArray();
        _ = _exchange.Request.Parse(copy, _server.Limits.Http);
        _reader.Consume(_headLength);
        _headLength = 0;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<Head> ReadHeadAsync()
    {
        _boundary = HeadBoundary.ForRequest();
        _searched = 0;
        _isIdle = true;
        _deadline.Start(_server.KeepAliveMs);
        while (!_server.IsDraining || _reader.Length > 0)
        {
            ReadResult result;
            while (!_reader.TryReadNow(out result))
            {
                await _reader.WaitAsync();
            }

            if (result.IsCanceled)
            {
                return _isIdle ? Head.Gone : await RefuseAsync(RejectReason.HeadTimeout);
            }

            if (TryTakeHead(result.Buffer, out var reason))
            {
                return reason == RejectReason.None ? Head.Ready : await RefuseAsync(reason);
            }

            if (result.IsCompleted)
            {
                return Head.Gone;
            }
        }

        return Head.Gone;
    }

    // False: the head is not whole yet.
    private bool TryTakeHead(in ReadOnlySequence<byte> buffer, out RejectReason reason)
    {
        if (_isIdle && !buffer.IsEmpty)
        {
            // Absolute from the first byte on: dripping bytes don't buy time.
            _isIdle = false;
            _deadline.Start(_server.Limits.HeadTimeoutMs);
        }

        var status = _boundary.Examine(buffer.Slice(_searched), _server.Limits.Http, out var end, out reason);
        if (status == ParseStatus.NeedMoreBytes)
        {
            _searched = buffer.Length;
            _reader.ExamineAll();
            return false;
        }

        _headLength = (int)_searched + end;
        _deadline.Stop();
        reason = status == ParseStatus.Rejected ? reason : Accept(buffer);
        return true;
    }

    private RejectReason Accept(in ReadOnlySequence<byte> buffer)
    {
        var reason = _exchange.Request.Parse(HeadBytes.Of(buffer, _headLength), _server.Limits.Http);
        if (reason == RejectReason.None)
        {
            _bodyInvited = false;
            _exchange.Body.Begin(_exchange.Request, _headLength, _server.Limits.Http);
            _exchange.Begin(_exchange.Request.KeepAlive && !_server.IsDraining);
            _connection.WatchPeer(static exchange => ((Exchange)exchange).NoteClientLeft(), _exchange);
        }

        return reason;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<Head> RefuseAsync(RejectReason reason)
    {
        _exchange.Request.Reset();
        _exchange.Begin(keepAlive: false);
        _server.Handler.Refuse(_exchange, reason);
        if (await _exchange.Response.FlushAsync())
        {
            await LingerAsync();
        }

        return Head.Refused;
    }

    private void EndAnswer()
    {
        _exchange.EndWatch();
        _connection.WatchPeer(null, null);
        _reader.ForgetCancellation();
    }

    // True if the connection can carry another request.
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> PrepareNextAsync()
    {
        var response = _exchange.Response;
        if (!await response.FlushAsync() || !response.IsComplete)
        {
            return false;
        }

        if (!response.KeepsConnection && _exchange.Body.IsComplete && !_connection.IsReadable)
        {
            _connection.ShutdownSend();
            return false;
        }

        if (!response.KeepsConnection || (!_exchange.Body.IsComplete && !await DrainBodyAsync()))
        {
            await LingerAsync();
            return false;
        }

        _exchange.Body.Release();
        return true;
    }

    // A small rest of a body that nobody wanted is cheaper to read than a new connection is to make.
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> DrainBodyAsync()
    {
        _deadline.Start(_server.Limits.LingerMs);
        BodyStatus status;
        do
        {
            status = await _exchange.Body.StreamAsync();
        }
        while (status == BodyStatus.More);

        _deadline.Stop();
        return status == BodyStatus.Complete;
    }

    // RFC 9112 section 9.6: closing while the client still sends would reset the connection and destroy the answer on its way.
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask LingerAsync()
    {
        _connection.ShutdownSend();
        _deadline.Start(_server.Limits.LingerMs);
        while (true)
        {
            _reader.Consume(_reader.Length);
            var result = await _reader.ReadAsync();
            if (result.IsCanceled || result.IsCompleted)
            {
                break;
            }
        }

        _deadline.Stop();
    }

    private void Close()
    {
        _deadline.Discard();
        _exchange.Close();
        _connection.Close();
        _writer.Complete();
        _reader.Complete();
        _server.Forget(this);
    }
}
