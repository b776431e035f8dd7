using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of the listener that keep web pages out. Loopback is no wall: a page in the browser of the same machine reaches it.</summary>
internal static class AccessFields
{
    private static readonly ConfigKind<string?> HostName = new TextKind<string>(
        "a host name or address without port", text => Uri.CheckHostName(text) != UriHostNameType.Unknown ? text.ToLowerInvariant() : null, text => text);

    private static readonly ConfigKind<string?> Origin = new TextKind<string>("an origin such as https://app.example, or *", ParseOrigin, text => text);

    private static readonly ConfigKind<string?> Network = new TextKind<string>(
        "an IP address, or a network such as 10.0.0.0/8", text => NetworkText.Parse(text) is null ? null : text, text => text);

    private static readonly ConfigKind<ForwardedField> Forwarded = new WordKind<ForwardedField>(
        [("x-forwarded-for", ForwardedField.XForwardedFor), ("forwarded", ForwardedField.Forwarded)]);

    public static ConfigTable<ListenerConfig> Table { get; } = new()
    {
        { "host_names", new ListKind<string>(HostName!), c => c.HostNames, (c, v) => c with { HostNames = v },
            "Names by which clients may call the gateway besides localhost, 127.0.0.1, [::1] and `bind_address`; any other `host` gets 421." },
        { "enable_cors", Flag, c => c.EnableCors, (c, v) => c with { EnableCors = v },
            "Preflights of the origins in `cors_origins` are answered, and answers to them carry CORS fields." },
        { "cors_origins", new ListKind<string>(Origin!), c => c.CorsOrigins, (c, v) => c with { CorsOrigins = v },
            "Origins whose requests are taken; a request with any other `origin` gets 403. `*` needs `clients`." },
        { "trusted_proxies", new ListKind<string>(Network!), c => c.TrustedProxies, (c, v) => c with { TrustedProxies = v },
            "Addresses of servers in front, or networks such as `10.0.0.0/8`: what they say about a client's address is logged as `client_address`." },
        { "forwarded_field", Forwarded, c => c.ForwardedField, (c, v) => c with { ForwardedField = v },
            "The one field in which they say it; the other is not looked at." },
    };

    // RFC 6454 section 6.2: scheme, host, and the port where it is not the scheme's own.
    private static string? ParseOrigin(string text) =>
        text == "*" ? text
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text && uri.UserInfo.Length == 0
            ? text
            : null;
}
