#pragma warning disable
namespace Gateway.Http.Sockets
{
    internal static class TlsConnection { public static ValueTask<(Connection?, string)> HandshakeAsync(Connection c, string host, string? ca) => new((null, "no TLS")); }
}
