using System.Net;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What a base URL must be.</summary>
internal static class BaseUrlRules
{
    public const string Expected = "an http or https URL without query, fragment or credentials, such as https://api.anthropic.com";

    /// <summary>Null for what is no such URL. Nothing is repaired: blanks, backslashes, controls and what is not ASCII are refused.</summary>
    public static Uri? Parse(string text) =>
        text.All(c => c is > ' ' and < '\x7f' and not '\\')
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
        && url.Port > 0
        && !text.Contains('?') && !text.Contains('#') && url.UserInfo.Length == 0
            ? url
            : null;

    /// <summary>Keys and prompts leave the machine encrypted, or to where the operator says that the server is his own.</summary>
    public static void CheckPlainHttp(ConfigValue section, Uri url, bool isLocal)
    {
        if (!isLocal)
        {
            CheckPlainHttp(section, "base_url", url, "https, or \"local\": true for a server of your own");
        }
    }

    /// <summary>Plain http stays on the machine.</summary>
    public static void CheckPlainHttp(ConfigValue section, string field, Uri url, string expected)
    {
        if (url.Scheme == "http" && !IsLoopback(url))
        {
            section.Field(field).Refuse($"plain http to {url.Host}", expected);
        }
    }

    /// <summary>The gateway adds the path of each request itself.</summary>
    public static void CheckPath(ConfigValue section, Uri url, Dialect dialect)
    {
        var path = url.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/messages", StringComparison.Ordinal))
        {
            section.Field("base_url").Refuse($"a path that ends in {path[path.LastIndexOf('/')..]}", "the part before /v1/messages, as the vendor's own SDK takes it");
        }
        else if (path.EndsWith("/completions", StringComparison.Ordinal) || path.EndsWith("/responses", StringComparison.Ordinal))
        {
            section.Field("base_url").Refuse($"a path that ends in {path[path.LastIndexOf('/')..]}", "the part before /chat/completions, as the vendor's own SDK takes it");
        }
        else if (dialect == Dialect.Anthropic && path.EndsWith("/v1", StringComparison.Ordinal))
        {
            section.Field("base_url").Warn($"ends in /v1: requests go to {path}/v1/messages");
        }
    }

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));
}
