#pragma warning disable
using System.Buffers;
namespace Gateway.Http.Sockets
{
    internal static class TlsConnection { public static ValueTask<(Connection?, string)> HandshakeAsync(Connection c, string host, string? ca) => new((null, "no TLS")); }
    internal sealed class PortableReactor(string n, TimeProvider t) : Reactor(n, t) {
        public override Listener Listen(System.Net.IPEndPoint e, ConnectionGate g, Action<Connection> a) => throw new NotSupportedException();
        public override Connection Connect(System.Net.IPEndPoint e) => throw new NotSupportedException();
        private protected override void Poll(int t) {} private protected override void Wake() {} private protected override void Release() {} }
}
