using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>One connection of the gateway to a scripted provider.</summary>
internal sealed class ProviderConnection : IDisposable
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Socket _socket;
    private int _sentBytes;

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
        catch (Exception exception) when (exception is SocketException or EndOfStreamException)
        {
            _closed.TrySetResult();
            return null;
        }
    }

    /// <summary>Bytes the network has taken so far.</summary>
    public int SentBytes => Volatile.Read(ref _sentBytes);

    /// <summary>Sends all, however long it takes.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = await _socket.SendAsync(bytes);
            Interlocked.Add(ref _sentBytes, count);
            bytes = bytes[count..];
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
