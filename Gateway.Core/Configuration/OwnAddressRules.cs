using System.Net;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>No base URL leads back to the gateway: a request would go round and round until no connection is left.</summary>
internal static class OwnAddressRules
{
    /// <summary>Checks providers and passthrough routes against all listeners.</summary>
    public static void Check(ConfigValue root, GatewayConfig config)
    {
        var providers = root.Field("providers");
        foreach (var provider in config.Providers)
        {
            Check(providers.Field(provider.Name).Field("base_url"), provider.BaseUrl, config.Listener);
        }

        if (config.Passthroughs.Count > 0)
        {
            foreach (var (place, route) in root.Field("passthrough").Items().Where(place => place.IsObject).Zip(config.Passthroughs))
            {
                Check(place.Field("base_url"), route.BaseUrl, config.Listener);
            }
        }
    }

    private static void Check(ConfigValue place, Uri? url, ListenerConfig listener)
    {
        if (url is null)
        {
            return;
        }

        foreach (var (field, address, port) in (ReadOnlySpan<(string, IPAddress, int)>)[
            ("port", listener.BindAddress, listener.Port),
            ("tls.port", listener.Secure.BindAddress, listener.Secure.Port),
            ("management.port", listener.Management.BindAddress, listener.Management.Port)])
        {
            if (port == url.Port && IsAt(url, address))
            {
                place.RefuseOnce(
                    $"{url.Host}:{url.Port}, where the gateway itself listens (claude_gateway.{field})",
                    "the address of another server: a request would come back to the gateway for ever");
            }
        }
    }

    // What surely leads there. Other names are left to the connect, which looks at addresses: even one of our own host_names may lead
    // elsewhere from here, where the gateway stands in for a vendor towards other machines.
    private static bool IsAt(Uri url, IPAddress bound)
    {
        if (!IPAddress.TryParse(url.Host, out var address))
        {
            return url.Host == "localhost" && (IPAddress.IsLoopback(bound) || IsAny(bound));
        }

        // To connect to "any" is to connect to the loopback address (RFC 1122 section 3.2.1.3: "this host").
        address = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        return address.Equals(bound)
            || (IPAddress.IsLoopback(address) && (bound.Equals(IPAddress.IPv6Any) || (bound.Equals(IPAddress.Any) && address.AddressFamily == bound.AddressFamily)));
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
