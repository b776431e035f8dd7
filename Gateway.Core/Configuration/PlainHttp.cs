using System.Net;

namespace Gateway.Core.Configuration;

/// <summary>Keys and prompts leave the machine encrypted, or where the operator says that a server is his own.</summary>
internal static class PlainHttp
{
    public static void Check(ConfigObject json, Uri url, bool isLocal)
    {
        if (url.Scheme == "http" && !isLocal && !IsLoopback(url))
        {
            json.Report("base_url", $"plain http to {url.Host}", "https, or \"local\": true for a server of your own");
        }
    }

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
