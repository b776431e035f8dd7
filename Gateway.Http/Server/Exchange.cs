using System.Net;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Server;

/// <summary>One request and its response; the object serves all exchanges of its connection, one after the other.</summary>
public sealed class Exchange
{
    private readonly Connection _connection;
    private Action<object>? _clientLeft;
    private object? _clientLeftState;
    private Action<object>? _stopping;
    private object? _stoppingState;

    internal Exchange(ClientConnection client, Connection connection, ConnectionReader reader, ConnectionWriter writer, HttpServer server)
    {
        _connection = connection;
        Reactor = connection.Reactor;
        Request = new RequestHead(server.Fields);
        Body = new RequestBody(client, reader, server.Limits, connection.Reactor);
        Response = new ResponseWriter(connection, writer, server.Limits, server.Date, Body);
    }

    /// <summary>The thread all this happens on.</summary>
    public Reactor Reactor { get; }

    /// <summary>The other end of the connection; null for a Unix socket. Asks the system at the first time.</summary>
    public IPEndPoint? RemoteEndPoint => _connection.RemoteEndPoint;

    /// <summary>The head; not to be read after <see cref="ReleaseRequest"/>.</summary>
    public RequestHead Request { get; }

    /// <summary>The request's body.</summary>
    public RequestBody Body { get; }

    /// <summary>The response.</summary>
    public ResponseWriter Response { get; }

    /// <summary>When the head was complete: a timestamp of the reactor's clock.</summary>
    public long StartedAt { get; private set; }

    /// <summary>The client closed its side: nobody reads the answer any more.</summary>
    public bool ClientHasLeft { get; private set; }

    /// <summary>The process waits no longer for this answer.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Names who is told when the process waits no longer; at once if that is so already.</summary>
    public void WhenGivenUp(Action<object> stopping, object state)
    {
        _stopping = stopping;
        _stoppingState = state;
        if (IsGivenUp)
        {
            stopping(state);
        }
    }

    /// <summary>Names who is told when the client leaves; at once if it has left already; null for nobody.</summary>
    public void WhenClientLeaves(Action<object>? left, object? state)
    {
        _clientLeft = left;
        _clientLeftState = state;
        if (ClientHasLeft)
        {
            left?.Invoke(state!);
        }
    }

    /// <summary>Gives back the memory of head and kept body: the answer has begun, nothing will be sent again.</summary>
    public void ReleaseRequest() => Body.ReleaseKept();

    internal void Begin(bool keepAlive)
    {
        StartedAt = Reactor.Time.GetTimestamp();
        ClientHasLeft = false;
        Response.Begin(Request, keepAlive);
    }

    internal void EndWatch()
    {
        WhenClientLeaves(null, null);
        _stopping = null;
    }

    internal void NoteStopping()
    {
        IsGivenUp = true;
        var stopping = _stopping;
        _stopping = null;
        stopping?.Invoke(_stoppingState!);
    }

    internal void NoteClientLeft()
    {
        ClientHasLeft = true;
        var left = _clientLeft;
        _clientLeft = null;
        left?.Invoke(_clientLeftState!);
    }

    internal void Close()
    {
        Body.Close();
        Response.Close();
    }
}
