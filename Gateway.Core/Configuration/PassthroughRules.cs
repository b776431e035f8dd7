using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What must hold for one passthrough route, and beside the others.</summary>
internal static class PassthroughRules
{
    // Takes what the gateway does not answer itself.
    private const string Root = "/";

    private static readonly string[] Taken = ["/anthropic", "/openai", "/v1", "/api/hello", "/health", "/livez", "/readyz", "/metrics", "/config", "/providers", "/requests", "/events", "/route", "/drain", "/log-level", "/openapi.json"];

    public static ConfigKind<string?> PrefixKind { get; } =
        new TextKind<string>("/, or a path such as /raw: with a slash before it and none behind", ParsePrefix, prefix => prefix);

    /// <param name="section">The entry.</param>
    /// <param name="route">What was read of it.</param>
    /// <param name="before">The routes before it in the file.</param>
    public static void Check(ConfigValue section, PassthroughConfig route, List<PassthroughConfig> before)
    {
        CheckPrefix(section.Field("prefix"), route.Prefix, before);
        if (route.BaseUrl is not null)
        {
            BaseUrlRules.CheckPlainHttp(section, route.BaseUrl, route.Local);
        }
        else
        {
            section.Field("base_url").RefuseOnce("nothing", "where the prefix leads, such as http://127.0.0.1:9199");
        }
    }

    private static void CheckPrefix(ConfigValue place, string? prefix, List<PassthroughConfig> before)
    {
        if (prefix is null)
        {
            place.RefuseOnce("nothing", PrefixKind.Expected);
        }
        else if (prefix != Root && Array.Find(Taken, own => Covers(own, prefix) || Covers(prefix, own)) is { } taken)
        {
            place.Refuse(Glimpse.Of(prefix), $"a prefix beside {taken}, which the gateway answers itself");
        }
        else if (before.Exists(other => other.Prefix == prefix))
        {
            place.Refuse($"{Glimpse.Of(prefix)} for the second time", "a prefix of its own");
        }
    }

    private static bool Covers(string prefix, string path) =>
        path == prefix || (path.StartsWith(prefix, StringComparison.Ordinal) && path[prefix.Length] == '/');

    // Requests are compared byte by byte, so what could be spelled in two ways is refused. RFC 3986 section 3.3: segments of pchar.
    private static string? ParsePrefix(string text) =>
        text == Root || (text.StartsWith('/') && Array.TrueForAll(text[1..].Split('/'), IsSegment)) ? text : null;

    private static bool IsSegment(string text) =>
        text is not ("" or "." or "..") && text.All(c => char.IsAsciiLetterOrDigit(c) || "-._~!$&'()*+,;=:@".Contains(c));
}
