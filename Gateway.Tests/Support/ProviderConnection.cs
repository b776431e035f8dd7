using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>One connection of the gateway to a scripted provider.</summary>
internal sealed class ProviderConnection : IDisposable
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Socket _socket;

    public ProviderConnection(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
        Reader = new WireReader(socket);
    }

    /// <summary>Ends when the gateway has closed the connection.</summary>
    public Task Closed => _closed.Task.Soon();

    /// <summary>The gateway has closed the connection.</summary>
    public bool IsClosed => _closed.Task.IsCompleted;

    internal WireReader Reader { get; }

    /// <summary>The next head; null when the gateway closes.</summary>
    public async Task<MessageHead?> ReceiveAsync()
    {
        try
        {
            // Not bounded: an idle connection may wait for as long as its test runs.
            _ = await _socket.ReceiveAsync(Memory<byte>.Empty);
            var head = await Reader.ReadHeadAsync();
            if (head is null)
            {
                _closed.TrySetResult();
            }

            return head is null ? null : new MessageHead(head);
        }
        catch (SocketException)
        {
            _closed.TrySetResult();
            return null;
        }
    }

    /// <summary>Sends what the network takes; false when the gateway has closed.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Closes properly.</summary>
    public void Close() => _socket.Dispose();

    /// <summary>Ends the sending side only.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();
}
