using Gateway.Core.Admission;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Who is there? Asked before anything is read or done for a request that could spend a provider's key.</summary>
internal static class ClientCheck
{
    private static ReadOnlySpan<byte> OwnField => "x-gateway-key"u8;

    private static ReadOnlySpan<byte> Scheme => "bearer "u8;

    /// <summary>True if the client may enter; else it has been told why not.</summary>
    public static bool TryEnter(Exchange exchange, ProxyContext context)
    {
        var clients = context.Snapshot.Clients;
        if (clients.IsOpen)
        {
            return true;
        }

        context.Ticket.Client = Find(clients, exchange.Request.Headers, exchange.Reactor.Time.GetUtcNow(), out var field);
        if (context.Ticket.Client is null)
        {
            context.Outcome = ExchangeOutcome.ClientFault;
            RefusalWriter.Write(
                exchange.Response,
                401,
                "x-api-key: no valid key of this gateway. Send one of its clients' keys as x-api-key, authorization: Bearer or x-gateway-key."u8,
                context.RequestId,
                "www-authenticate"u8,
                "Bearer realm=\"claude-gateway\""u8);
            return false;
        }

        // It opens this door and no other: no provider gets to see it.
        exchange.Request.Headers.Drop(field);
        return true;
    }

    // In its own field it leaves the others to a provider that takes the client's credential. Claude Code may send both of the
    // others, and one of them is then meant for somebody else.
    private static Client? Find(ClientDirectory clients, HeaderTable fields, DateTimeOffset now, out ReadOnlySpan<byte> field)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(fields.Name(i), OwnField))
            {
                field = OwnField;
                return clients.Find(fields.Value(i), now);
            }
        }

        field = "authorization"u8;
        if (fields.TryGet(KnownHeader.Authorization, out var value) && value.Length > Scheme.Length
            && System.Text.Ascii.EqualsIgnoreCase(value[..Scheme.Length], Scheme)
            && clients.Find(value[Scheme.Length..].Trim((byte)' '), now) is { } client)
        {
            return client;
        }

        field = "x-api-key"u8;
        return fields.TryGet(KnownHeader.XApiKey, out var key) ? clients.Find(key, now) : null;
    }
}
