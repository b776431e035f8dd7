using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Gateway.Http.Sockets;

/// <summary>A connection inside TLS: <see cref="SslStream"/>, run on the reactor without a hop.</summary>
/// <remarks>
/// Outside a receive a read of no bytes is always pending: it takes in session tickets, and makes bytes or an end show
/// as <see cref="IsReadable"/>, so that a pooled connection need not be asked.
/// </remarks>
#pragma warning disable CA1001 // Close disposes what it owns.
internal sealed class TlsConnection : Connection
{
    // What waits per direction at most: encrypted bytes are gathered up to here before the kernel is asked to take them.
    private const int MostGatheredBytes = 64 * 1024;

    private readonly Connection _inner;
    private readonly ITlsRole _role;
    private readonly ConnectionStream _stream;
    private readonly SslStream _tls;
    private readonly TlsReceiver _receiver;
    private bool _isSecure;
    private bool _isSending;
    private bool _hasFailedToSend;

    /// <summary>Wraps a connection that is connected; the handshake comes with <see cref="ConnectedAsync"/>.</summary>
    /// <param name="inner">Carries the bytes.</param>
    /// <param name="role">Which side of the handshake is ours.</param>
    public TlsConnection(Connection inner, ITlsRole role)
        : base(inner.Reactor)
    {
        _inner = inner;
        _role = role;
        _stream = new ConnectionStream(inner);
        _tls = new SslStream(_stream);
        _receiver = new TlsReceiver(_tls, _stream);
        inner.WatchPeer(static connection => ((TlsConnection)connection).NotePeerLeft(), this);
    }

    public override IPEndPoint? RemoteEndPoint => _inner.RemoteEndPoint;

    public override bool IsReadable => _receiver.IsReady || PeerHasLeft;

    public override bool HoldsBuffer => _receiver.HoldsBuffer && !IsClosed;

    private bool IsLost => IsClosed || !_isSecure || _hasFailedToSend;

    /// <summary>Shakes hands, once: true if the peer has proven to be who we want to talk to.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public override async ValueTask<bool> ConnectedAsync()
    {
        try
        {
            await _role.ShakeHandsAsync(_tls).ConfigureAwait(false);
            _isSecure = true;
        }
        catch (Exception exception)
        {
            // AuthenticationException, IOException, and whatever the system's own library adds to them.
            ConnectFault = Describe(exception);
        }

        if (!IsLost)
        {
            _receiver.Watch();
        }

        return !IsLost;
    }

    public override int TryReceive(Memory<byte> buffer) => IsClosed || !_isSecure ? Lost : _receiver.TryReceive(buffer);

    public override ValueTask WaitReadableAsync() => IsClosed || !_isSecure ? default : _receiver.WaitAsync();

    public override void WakeReader() => _receiver.Wake();

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public override async ValueTask<bool> SendAsync(SendQueue queue)
    {
        if (IsLost)
        {
            return false;
        }

        _isSending = true;
        _stream.IsCorked = true;
        try
        {
            while (!queue.IsEmpty && !_hasFailedToSend)
            {
                await EncryptAsync(queue);
                if (queue.IsEmpty || _stream.GatheredBytes >= MostGatheredBytes)
                {
                    _hasFailedToSend |= !await _stream.SendAsync();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            _hasFailedToSend = true;
        }

        _stream.IsCorked = false;
        _isSending = false;
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

        // First the transport: whatever TLS waits for ends with it, and only then may its memory go.
        IsClosed = true;
        _inner.Close(reset);
        _tls.Dispose();
        _stream.Release();
        WatchPeer(null, null);
        _receiver.Wake();
    }

    private static string Describe(Exception exception)
    {
        var text = exception.Message;
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            text += " " + inner.Message;
        }

        return text.ReplaceLineEndings(" ");
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask EncryptAsync(SendQueue queue)
    {
        var slice = queue.Slices[0];
        await _tls.WriteAsync(slice).ConfigureAwait(false);
        queue.Sent(slice.Length);
    }

    // RFC 8446 section 6.1: close_notify before closing the write side. It can't wait: what the kernel does not take now is lost.
    private void SayGoodbye()
    {
        if (IsLost || PeerHasLeft || _isSending)
        {
            return;
        }

        try
        {
            _ = _tls.ShutdownAsync();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or CryptographicException)
        {
            // The peer was faster, or wanted to shake hands once more.
        }
    }
}
