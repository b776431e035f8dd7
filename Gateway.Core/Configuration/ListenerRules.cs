using System.Net;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What must hold for <c>claude_gateway</c> as a whole, with what the command line says about it.</summary>
internal static class ListenerRules
{
    private const string Expected =
        "a loopback address: other machines could spend the providers' keys, and this release has no client keys to stop them";

    public static void Check(ConfigValue section, ListenerConfig listener, ListenerOverrides overrides)
    {
        if (IPAddress.IsLoopback(listener.BindAddress))
        {
            return;
        }

        var found = $"{listener.BindAddress}, which other machines can reach";
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
