using System.Net.Security;

namespace Gateway.Http.Sockets;

/// <summary>One side of a TLS handshake: a provider's client, or the server of our own clients. Immutable.</summary>
internal interface ITlsRole
{
    /// <summary>Shakes hands; throws what the handshake throws.</summary>
    public Task ShakeHandsAsync(SslStream stream);
}
