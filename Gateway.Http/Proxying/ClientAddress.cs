using System.Net;
using System.Text;
using Gateway.Core.Admission;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Where a request comes from, for the log: the other end of the connection, or whom a trusted server there speaks for.</summary>
internal sealed class ClientAddress
{
    // The longest IPv6 address in text.
    private const int Longest = 45;

    private readonly byte[] _text = new byte[Longest];
    private int _length;

    /// <summary>The address, UTF-8; empty if it is not known: on a Unix socket, or because nobody wants to.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Nothing is known yet.</summary>
    public void Begin() => _length = 0;

    /// <summary>Finds it out. Asks the system once a connection, and allocates: only where it is logged.</summary>
    public void Read(Exchange exchange, TrustedProxies proxies)
    {
        if (exchange.RemoteEndPoint is not { } remote)
        {
            return;
        }

        var address = TrustedProxies.Plain(remote.Address);
        if (proxies.Any)
        {
            Follow(exchange, proxies, ref address);
        }

        address.TryFormat(_text, out _length);
    }

    private static void Follow(Exchange exchange, TrustedProxies proxies, ref IPAddress address)
    {
        var fields = exchange.Request.Headers;
        for (var i = fields.Count - 1; i >= 0; i--)
        {
            if (Ascii.EqualsIgnoreCase(fields.Name(i), proxies.FieldName) && !proxies.Follow(fields.Value(i), ref address))
            {
                return;
            }
        }
    }
}
