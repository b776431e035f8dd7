using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Gateway.Http.Sockets;

namespace Gateway.Tests.Support;

/// <summary>A running reactor of either kind, what a test does on its thread, and the other end of its connections.</summary>
internal sealed class TestReactor : IDisposable
{
    /// <summary>Starts a reactor: "epoll" or "sockets".</summary>
    public TestReactor(string kind, TimeProvider? time = null)
    {
        Reactor = kind == "epoll"
            ? new EpollReactor("test reactor", time ?? TimeProvider.System)
            : new PortableReactor("test reactor", time ?? TimeProvider.System);
        Reactor.Start();
    }

    /// <summary>The reactor.</summary>
    public Reactor Reactor { get; }

    /// <summary>Fails a test that waits too long instead of letting it hang.</summary>
    public static Task<T> WithinAsync<T>(Task<T> task, [CallerArgumentExpression(nameof(task))] string awaited = "") => task.Soon(awaited);

    /// <inheritdoc cref="WithinAsync{T}(Task{T}, string)"/>
    public static Task WithinAsync(Task task, [CallerArgumentExpression(nameof(task))] string awaited = "") => task.Soon(awaited);

    /// <summary>Runs something on the reactor's thread.</summary>
    public Task<T> RunAsync<T>(Func<ValueTask<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Reactor.Post(_ => RunInto(work, done), null);
        return WithinAsync(done.Task);
    }

    /// <inheritdoc cref="RunAsync{T}(Func{ValueTask{T}})"/>
    public Task<T> RunAsync<T>(Func<T> work) => RunAsync(() => new ValueTask<T>(work()));

    /// <inheritdoc cref="RunAsync{T}(Func{ValueTask{T}})"/>
    public Task RunAsync(Func<ValueTask> work) => RunAsync(async () =>
    {
        await work();
        return true;
    });

    /// <inheritdoc cref="RunAsync{T}(Func{ValueTask{T}})"/>
    public Task RunAsync(Action work) => RunAsync(() =>
    {
        work();
        return true;
    });

    /// <summary>An accepted connection of the reactor and the client that made it.</summary>
    public async Task<(Connection Server, Socket Client)> ConnectPairAsync()
    {
        var accepted = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = Reactor.Listen(new IPEndPoint(IPAddress.Loopback, 0), new ConnectionGate(100), accepted.SetResult);
        var client = await ConnectAsync((IPEndPoint)listener.Address);
        var server = await WithinAsync(accepted.Task);
        await RunAsync(listener.Close);
        return (server, client);
    }

    /// <summary>A client of the system's own kind.</summary>
    public static async Task<Socket> ConnectAsync(IPEndPoint endPoint)
    {
        var client = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Patience.Longest.TotalMilliseconds,
        };
        await WithinAsync(client.ConnectAsync(endPoint));
        return client;
    }

    /// <summary>Reads until the peer ends; null if it ended with a reset.</summary>
    public static async Task<byte[]?> ReadToEndAsync(Socket client)
    {
        var all = new List<byte>();
        var buffer = new byte[65536];
        try
        {
            int count;
            while ((count = await WithinAsync(client.ReceiveAsync(buffer))) > 0)
            {
                all.AddRange(buffer.AsSpan(0, count));
            }

            return [.. all];
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return null;
        }
    }

    /// <summary>Sends RST.</summary>
    public static void Reset(Socket client)
    {
        client.LingerState = new LingerOption(true, 0);
        client.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Reactor.Dispose();

    private static async void RunInto<T>(Func<ValueTask<T>> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(await work());
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }
}
