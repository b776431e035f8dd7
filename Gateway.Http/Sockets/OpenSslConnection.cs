using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Http.Sockets;

/// <summary>A connection to a server inside TLS, by OpenSSL on our own socket: plaintext is decrypted into the caller's buffer, ciphertext goes out gathered.</summary>
internal sealed class OpenSslConnection : Connection
{
    // What waits at most: ciphertext is gathered up to here before the kernel is asked to take it.
    private const int MostGatheredBytes = 64 * 1024;

    private readonly EpollConnection _inner;
    private readonly OpenSslContext _context;
    private readonly ConnectionWriter _ciphertext;
    private readonly ReactorSignal _flushed = new();
    private readonly nint _ssl;
    private GCHandle _self;
    private bool _isSecure;
    private bool _isFlushing;
    private bool _hasFailed;
    private bool _mayHoldMore;
    private bool _mustReply;

    /// <summary>Wraps a connection that is connected; the handshake comes with <see cref="ConnectedAsync"/>.</summary>
    /// <param name="inner">Carries the bytes.</param>
    /// <param name="context">Whom to talk to.</param>
    public OpenSslConnection(EpollConnection inner, OpenSslContext context)
        : base(inner.Reactor)
    {
        _inner = inner;
        _context = context;
        _ciphertext = new ConnectionWriter(inner);
        _self = GCHandle.Alloc(this);
        _ssl = context.NewConnection(OpenSslTransport.New(_self));
        inner.WatchPeer(static connection => ((OpenSslConnection)connection).NotePeerLeft(), this);
    }

    public override IPEndPoint? RemoteEndPoint => _inner.RemoteEndPoint;

    // Tickets make the socket readable, too: whoever tries takes them in, and finds nothing.
    public override bool IsReadable => _mayHoldMore || _inner.IsReadable || PeerHasLeft;

    /// <summary>The transport has ended; TLS may have said goodbye before, or not.</summary>
    public bool HasEnded { get; private set; }

    private bool IsLost => IsClosed || !_isSecure || _hasFailed;

    /// <summary>Shakes hands, once: true if the peer has proven to be who we want to talk to.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public override async ValueTask<bool> ConnectedAsync()
    {
        while (!IsClosed && !_isSecure && !_hasFailed)
        {
            var mustWait = ShakeHands();
            _hasFailed |= !await FlushAsync();
            if (mustWait && !_hasFailed)
            {
                await _inner.WaitReadableAsync();
            }
        }

        return !IsLost;
    }

    public override int TryReceive(Memory<byte> buffer)
    {
        if (IsClosed || !_isSecure)
        {
            return Lost;
        }

        var received = Receive(buffer.Span, out var end);
        SendReplies();
        return received > 0 ? received : end;
    }

    internal override int TryReceive(ReadOnlySpan<Block> blocks)
    {
        if (IsClosed || !_isSecure)
        {
            return Lost;
        }

        var (received, end) = (0, WouldBlock);
        foreach (var block in blocks)
        {
            var free = block.FreeSpan;
            var count = Receive(free, out end);
            received += count;
            if (count < free.Length || OpenSsl.SSL_has_pending(_ssl) == 0)
            {
                break;
            }
        }

        SendReplies();
        return received > 0 ? received : end;
    }

    public override ValueTask WaitReadableAsync() => IsClosed || !_isSecure || _mayHoldMore ? default : _inner.WaitReadableAsync();

    public override void WakeReader() => _inner.WakeReader();

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public override async ValueTask<bool> SendAsync(SendQueue queue)
    {
        // What TLS itself had to say may still be on its way.
        while (_isFlushing)
        {
            await _flushed.WaitAsync();
        }

        while (!queue.IsEmpty && !IsLost)
        {
            Encrypt(queue);
            _hasFailed |= !await FlushAsync();
        }

        return !IsLost;
    }

    public override void ShutdownSend()
    {
        SayGoodbye();
        _inner.ShutdownSend();
    }

    public override void Close(bool reset = false)
    {
        if (IsClosed)
        {
            return;
        }

        if (!reset)
        {
            SayGoodbye();
        }

        IsClosed = true;
        _inner.Close(reset);

        // Without that OpenSSL takes a session for spoilt that did not end politely.
        OpenSsl.SSL_set_shutdown(_ssl, OpenSsl.BothSaidGoodbye);
        OpenSsl.SSL_free(_ssl);
        _self.Free();
        _ciphertext.Complete();
        _flushed.Pulse();
        WatchPeer(null, null);
    }

    /// <summary>OpenSSL wants bytes of the peer: as <see cref="Connection.TryReceive(Memory{byte})"/>.</summary>
    internal int ReceiveCiphertext(Span<byte> buffer)
    {
        var count = _inner.TryReceive(buffer);
        HasEnded |= count is EndOfStream or Lost;
        return count;
    }

    /// <summary>OpenSSL has bytes for the peer; false if they can't be taken now.</summary>
    internal bool GatherCiphertext(ReadOnlySpan<byte> bytes)
    {
        if (_isFlushing)
        {
            return false;
        }

        _ciphertext.Write(bytes);
        return true;
    }

    /// <summary>The peer gave a ticket.</summary>
    internal void KeepSession(nint session) => _context.Keep(session);

    // True: the peer has the word.
    private bool ShakeHands()
    {
        OpenSsl.ERR_clear_error();
        var result = OpenSsl.SSL_do_handshake(_ssl);
        _isSecure = result == 1;
        _mayHoldMore = _isSecure;
        if (_isSecure || OpenSsl.SSL_get_error(_ssl, result) == OpenSsl.WantRead)
        {
            return !_isSecure;
        }

        _hasFailed = true;
        var verification = OpenSsl.SSL_get_verify_result(_ssl);
        ConnectFault = verification != 0 ? $"the certificate was not accepted: {OpenSsl.DescribeVerification(verification)}"
            : OpenSsl.DescribeError() is { Length: > 0 } error ? error
            : "the peer has left";
        return false;
    }

    private unsafe int Receive(Span<byte> buffer, out int end)
    {
        var received = 0;
        end = WouldBlock;
        OpenSsl.ERR_clear_error();
        fixed (byte* start = buffer)
        {
            do
            {
                var count = OpenSsl.SSL_read(_ssl, start + received, buffer.Length - received);
                if (count <= 0)
                {
                    end = EndOf(count);
                    _mayHoldMore = end != WouldBlock;
                    return received;
                }

                received += count;
            }
            while (received < buffer.Length && OpenSsl.SSL_has_pending(_ssl) != 0);
        }

        _mayHoldMore = OpenSsl.SSL_has_pending(_ssl) != 0;
        return received;
    }

    // RFC 8446 section 6.1: without close_notify an attacker may have cut the stream, so it is not taken for whole.
    private int EndOf(int result)
    {
        var error = OpenSsl.SSL_get_error(_ssl, result);
        _mustReply = error == OpenSsl.WantWrite;
        return error is OpenSsl.WantRead or OpenSsl.WantWrite ? WouldBlock
            : error == OpenSsl.ZeroReturn ? EndOfStream
            : Lost;
    }

    private unsafe void Encrypt(SendQueue queue)
    {
        OpenSsl.ERR_clear_error();
        while (!queue.IsEmpty && _ciphertext.UnflushedBytes < MostGatheredBytes && !_hasFailed)
        {
            var slice = queue.Slices[0];
            fixed (byte* start = slice.Span)
            {
                _hasFailed = OpenSsl.SSL_write(_ssl, start, slice.Length) != slice.Length;
            }

            queue.Sent(slice.Length);
        }
    }

    // An alert, or the answer to a change of keys.
    private void SendReplies()
    {
        if (_ciphertext.UnflushedBytes > 0 && !_isFlushing)
        {
            _ = FlushAsync().AsTask();
        }
    }

    private ValueTask<bool> FlushAsync()
    {
        if (_ciphertext.UnflushedBytes == 0)
        {
            return new ValueTask<bool>(true);
        }

        _isFlushing = true;
        var flushing = _ciphertext.FlushAsync();
        return flushing.IsCompletedSuccessfully ? new ValueTask<bool>(Flushed(flushing.Result.IsCompleted)) : FlushSlowlyAsync(flushing);
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> FlushSlowlyAsync(ValueTask<FlushResult> flushing) => Flushed((await flushing).IsCompleted);

    private bool Flushed(bool isLost)
    {
        _isFlushing = false;
        _flushed.Pulse();
        if (_mustReply)
        {
            _mustReply = false;
            WakeReader();
        }

        return !isLost;
    }

    // RFC 8446 section 6.1: close_notify before closing the write side. It can't wait: what the kernel does not take now is lost.
    private void SayGoodbye()
    {
        if (!IsLost && !PeerHasLeft && !_isFlushing)
        {
            OpenSsl.ERR_clear_error();
            _ = OpenSsl.SSL_shutdown(_ssl);
            SendReplies();
        }
    }
}
