using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Http.Sockets;

/// <summary>Sends a queue over a System.Net.Sockets socket: gathered and at once, and what the kernel does not take, later.</summary>
internal sealed class PortableSender
{
    private const int MaxSlices = 64;

    private readonly PortableReactor _reactor;
    private readonly Socket _socket;
    private readonly ReactorSignal _sent = new();
    private readonly List<ArraySegment<byte>> _gathered = [];
    private SocketAsyncEventArgs? _send;
    private bool _isSending;
    private bool _isClosed;

    public PortableSender(PortableReactor reactor, Socket socket)
    {
        _reactor = reactor;
        _socket = socket;
    }

    /// <summary>A send has failed: the peer is gone.</summary>
    public bool IsLost { get; private set; }

    /// <summary>False if the peer is lost.</summary>
    public ValueTask<bool> SendAsync(SendQueue queue)
    {
        var result = TrySend(queue);
        return result == Connection.WouldBlock ? SendRestAsync(queue) : new ValueTask<bool>(result != Connection.Lost);
    }

    /// <summary>Ends a send that waits.</summary>
    public void Close()
    {
        _isClosed = true;
        _send?.Dispose();
        _sent.Pulse();
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> SendRestAsync(SendQueue queue)
    {
        while (true)
        {
            var count = Begin(queue);
            while (_isSending && !_isClosed)
            {
                await _sent.WaitAsync();
            }

            if (_isClosed || IsLost)
            {
                return false;
            }

            queue.Sent(count);
            var result = TrySend(queue);
            if (result != Connection.WouldBlock)
            {
                return result != Connection.Lost;
            }
        }
    }

    /// <summary>Sends until all is sent (not negative), the kernel takes no more, or the peer is lost.</summary>
    private int TrySend(SendQueue queue)
    {
        while (!queue.IsEmpty)
        {
            if (_isClosed)
            {
                return Connection.Lost;
            }

            var sent = TrySend(queue.Slices, out var error);
            if (sent > 0)
            {
                queue.Sent(sent);
            }
            else
            {
                // On Unix the runtime reports a full kernel buffer as a success with nothing sent.
                IsLost = error is not (SocketError.Success or SocketError.WouldBlock or SocketError.IOPending);
                return IsLost ? Connection.Lost : Connection.WouldBlock;
            }
        }

        return 0;
    }

    private int TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> slices, out SocketError error)
    {
        if (slices.Length == 1)
        {
            return _socket.Send(slices[0].Span, SocketFlags.None, out error);
        }

        foreach (var slice in slices[..Math.Min(slices.Length, MaxSlices)])
        {
            _gathered.Add(MemoryMarshal.TryGetArray(slice, out var segment) ? segment : slice.ToArray());
        }

        var sent = _socket.Send(_gathered, SocketFlags.None, out error);
        _gathered.Clear();
        return sent;
    }

    /// <summary>Begins to send the first slice, or a part of it, from a copy; returns its size.</summary>
    private int Begin(SendQueue queue)
    {
        // A copy, because the slice may go back to its pool when we are closed, while the runtime is still sending it.
        var send = _send ??= MakeSend();
        var first = queue.Slices[0].Span;
        var count = Math.Min(first.Length, Block.Size);
        first[..count].CopyTo(send.Buffer);
        send.SetBuffer(0, count);
        _isSending = _socket.SendAsync(send);
        IsLost = !_isSending && send.SocketError != SocketError.Success;
        return count;
    }

    private SocketAsyncEventArgs MakeSend()
    {
        var send = new SocketAsyncEventArgs(true) { UserToken = this };
        send.SetBuffer(new byte[Block.Size], 0, Block.Size);
        send.Completed += static (_, send) =>
        {
            var sender = (PortableSender)send.UserToken!;
            sender._reactor.Post(static sender => ((PortableSender)sender!).Completed(), sender);
        };
        return send;
    }

    private void Completed()
    {
        _isSending = false;
        IsLost = _send!.SocketError != SocketError.Success;
        _sent.Pulse();
    }
}
