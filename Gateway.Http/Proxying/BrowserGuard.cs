using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Keeps web pages from spending the providers' keys: the name they call must be ours, their origin listed, their content JSON.</summary>
/// <remarks>Fetch, section 3.2 (CORS protocol) and 2.2.2 (safelisted content types); Fetch Metadata for <c>sec-fetch-site</c>.</remarks>
internal static class BrowserGuard
{
    private static readonly ReadOnlyMemory<byte> AllowOrigin = "access-control-allow-origin"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Vary = "vary"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> OriginName = "origin"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> ExposeHeaders = "access-control-expose-headers"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Exposed =
        "request-id, retry-after, x-should-retry, x-gateway-request-id, x-gateway-provider, x-gateway-route, x-gateway-attempts, server-timing"u8.ToArray();

    /// <summary>True if the request calls the gateway by a name of its own; else 421 was answered (RFC 9110 section 15.5.20).</summary>
    public static bool KnowsHost(Exchange exchange, ProxyContext context)
    {
        if (context.Snapshot.Access.IsOwn(exchange.Request.Host))
        {
            return true;
        }

        Refuse(exchange, context, 421, "host: the gateway does not go by this name. Call it localhost or 127.0.0.1, or list the name in host_names."u8);
        return false;
    }

    /// <summary>True if no web page asks, or one that is listed; else 403 or the preflight was answered.</summary>
    public static bool MayAsk(Exchange exchange, ProxyContext context)
    {
        var fields = exchange.Request.Headers;
        if (!fields.TryGet(KnownHeader.Origin, out var origin))
        {
            return !fields.TryGet(KnownHeader.SecFetchSite, out var site) || site.SequenceEqual("none"u8) || site.SequenceEqual("same-origin"u8)
                || Forbid(exchange, context);
        }

        var access = context.Snapshot.Access;
        if (!access.IsListed(origin))
        {
            return Forbid(exchange, context);
        }

        if (!access.AnswersCors)
        {
            return true;
        }

        exchange.Response.AddToHead((AllowOrigin, origin.ToArray()), (Vary, OriginName), (ExposeHeaders, Exposed));
        if (exchange.Request.Method == RequestMethod.Options)
        {
            AnswerPreflight(exchange, context);
            return false;
        }

        return true;
    }

    /// <summary>True if the content says that it is JSON, as no page without a preflight can; else 415 was answered.</summary>
    public static bool IsJson(Exchange exchange, ProxyContext context)
    {
        if (exchange.Request.Headers.TryGet(KnownHeader.ContentType, out var type) && MediaTypes.IsJson(type))
        {
            return true;
        }

        Refuse(exchange, context, 415, "content-type: application/json is expected."u8);
        return false;
    }

    private static bool Forbid(Exchange exchange, ProxyContext context)
    {
        Refuse(exchange, context, 403, "origin: web pages of this origin may not use the gateway; cors_origins lists those that may."u8);
        return false;
    }

    private static void AnswerPreflight(Exchange exchange, ProxyContext context)
    {
        var head = exchange.Response.BeginHead(204, default);
        head.Field("access-control-allow-methods"u8, "GET, POST, HEAD"u8);
        if (context.Fields.TryGet("access-control-request-headers"u8, out var asked))
        {
            head.Field("access-control-allow-headers"u8, asked);
        }

        head.Field("access-control-max-age"u8, 600);
        exchange.Response.EndHead(ref head, 0);
        exchange.Response.End();
    }

    private static void Refuse(Exchange exchange, ProxyContext context, int status, ReadOnlySpan<byte> message)
    {
        context.Outcome = ExchangeOutcome.ClientFault;
        RefusalWriter.Write(exchange.Response, status, message, context.RequestId);
    }
}
