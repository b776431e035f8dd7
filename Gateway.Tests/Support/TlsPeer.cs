using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tests.Support;

/// <summary>A TLS server on loopback that tells what it saw of each client.</summary>
internal sealed class TlsPeer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SslServerAuthenticationOptions _options;

    public TlsPeer(X509Certificate2 certificate, SslProtocols protocols = SslProtocols.None)
    {
        // One options object, as a session is only resumed by the context that gave the ticket.
        _options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            EnabledSslProtocols = protocols,
        };
        _listener.Start();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Accepts a client and shakes hands; throws what the handshake throws.</summary>
    public async Task<Session> AcceptAsync()
    {
        var socket = await TestReactor.WithinAsync(_listener.AcceptSocketAsync());
        var wire = new CountingStream(socket);
#pragma warning disable CA2000 // the session owns it
        var tls = new SslStream(wire);
#pragma warning restore CA2000
        try
        {
            await TestReactor.WithinAsync(tls.AuthenticateAsServerAsync(_options));
            return new Session(socket, tls, wire.Written);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>Accepts a client and leaves the handshake to the test.</summary>
    public Task<Socket> AcceptRawAsync() => TestReactor.WithinAsync(_listener.AcceptSocketAsync());

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    /// <summary>One client after the handshake.</summary>
    internal sealed record Session(Socket Socket, SslStream Tls, long HandshakeBytes) : IDisposable
    {
        public async Task<byte[]> ReadAsync(int length)
        {
            var bytes = new byte[length];
            await TestReactor.WithinAsync(Tls.ReadExactlyAsync(bytes).AsTask());
            return bytes;
        }

        public Task WriteAsync(byte[] bytes) => TestReactor.WithinAsync(Tls.WriteAsync(bytes).AsTask());

        public void Dispose() => Tls.Dispose();
    }

    private sealed class CountingStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
    {
        public long Written { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
