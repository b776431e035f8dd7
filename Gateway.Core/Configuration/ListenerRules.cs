using System.Net;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What must hold for <c>claude_gateway</c> as a whole, with what the command line says about it.</summary>
internal static class ListenerRules
{
    private const string Expected =
        "a loopback address, or clients with keys: otherwise other machines could spend the providers' keys";

    public static void Check(ConfigValue section, GatewayConfig config, ListenerOverrides overrides)
    {
        if (config.Listener.CorsOrigins.Contains("*") && config.Clients.Count == 0)
        {
            section.Field("cors_origins").Refuse("\"*\" without clients", "clients with keys, or the origins one by one: otherwise any web page could spend the providers' keys");
        }

        var address = config.Listener.BindAddress;
        if (IPAddress.IsLoopback(address) || config.Clients.Count > 0)
        {
            return;
        }

        var found = $"{address}, which other machines can reach";
        if (overrides.BindAddress is null)
        {
            section.Field("bind_address").Refuse(found, Expected);
        }
        else
        {
            section.Report.Refuse(new ConfigError("--bind", found, Expected));
        }
    }
}
