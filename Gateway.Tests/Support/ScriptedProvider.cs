using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>A provider that keeps every request as it came and answers each by a script, well or badly.</summary>
internal sealed class ScriptedProvider : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentQueue<Func<ProviderExchange, Task>> _scripts = new();
    private readonly ConcurrentQueue<ProviderRequest> _requests = new();
    private readonly List<ProviderConnection> _connections = [];
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly Task _accepting;

    public ScriptedProvider(int? receiveBufferBytes = null)
    {
        if (receiveBufferBytes is { } bytes)
        {
            _listener.ReceiveBufferSize = bytes;
        }

        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        _accepting = AcceptAsync();
    }

    /// <summary>Answers every request for which no script was queued.</summary>
    public Func<ProviderExchange, Task> Otherwise { get; set; } = exchange => exchange.AnswerJsonAsync("{}");

    /// <summary>A script gets its request with the body read; else it reads the body itself.</summary>
    public bool ReadsBodies { get; set; } = true;

    /// <summary>Its base URL.</summary>
    public string Url => $"http://{_listener.LocalEndPoint}";

    /// <summary>Requests so far, in the order their heads came.</summary>
    public ProviderRequest[] Requests => [.. _requests];

    /// <summary>The only request.</summary>
    public ProviderRequest Request => _requests.Single();

    /// <summary>Connections accepted so far.</summary>
    public int ConnectionCount => Connections.Length;

    /// <summary>Connections accepted so far, in order.</summary>
    public ProviderConnection[] Connections
    {
        get
        {
            lock (_connections)
            {
                return [.. _connections];
            }
        }
    }

    /// <summary>Queues the script of one request.</summary>
    public ScriptedProvider Next(Func<ProviderExchange, Task> script)
    {
        _scripts.Enqueue(script);
        return this;
    }

    /// <summary>Queues an answer of raw bytes, after which the connection stays open.</summary>
    public ScriptedProvider NextRaw(string answer) => Next(exchange => exchange.SendAsync(answer));

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting.Soon();
        foreach (var connection in Connections)
        {
            connection.Dispose();
        }

        Assert.That(_faults, Is.Empty, "a script failed");
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new ProviderConnection(await _listener.AcceptAsync());
                lock (_connections)
                {
                    _connections.Add(connection);
                }

                _ = ServeAsync(connection);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed: the test is over.
        }
    }

    private async Task ServeAsync(ProviderConnection connection)
    {
        try
        {
            while (await connection.ReceiveAsync() is { } head)
            {
                var request = new ProviderRequest(head, connection);
                _requests.Enqueue(request);
                var exchange = new ProviderExchange(request, connection);
                if (ReadsBodies)
                {
                    await exchange.ReadBodyAsync();
                }

                await (_scripts.TryDequeue(out var script) ? script : Otherwise)(exchange);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or EndOfStreamException or TimeoutException)
        {
            // The gateway cut the connection, or the script did: both are what a test may want.
        }
        catch (Exception exception)
        {
            _faults.Enqueue(exception);
        }
    }
}

/// <summary>A request as a provider got it.</summary>
internal sealed class ProviderRequest(MessageHead head, ProviderConnection connection)
{
    public MessageHead Head { get; } = head;

    /// <summary>The connection it came on.</summary>
    public ProviderConnection Connection { get; } = connection;

    /// <summary>The body without its framing, once it was read.</summary>
    public byte[] Body { get; internal set; } = [];

    /// <summary>The body came to its proper end.</summary>
    public bool IsWhole { get; internal set; }

    /// <summary>Head and framed body, byte for byte.</summary>
    public byte[] Raw { get; internal set; } = [];

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}
