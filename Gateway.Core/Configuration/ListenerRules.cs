using System.Net;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What must hold for <c>claude_gateway</c> as a whole, with what is said about it outside the file.</summary>
internal static class ListenerRules
{
    private const string Expected =
        "a loopback address, or clients with keys: otherwise other machines could spend the providers' keys";

    public static void Check(ConfigValue section, GatewayConfig config, IReadOnlyList<ListenerOverride> overrides, ConfigSource source)
    {
        if (config.Listener.CorsOrigins.Contains("*") && config.Clients.Count == 0)
        {
            section.Field("cors_origins").Refuse("\"*\" without clients", "clients with keys, or the origins one by one: otherwise any web page could spend the providers' keys");
        }

        CheckSecure(section.Field("tls"), config);
        CheckKeyFiles(section, config.Listener, source);
        if (config.Listener.Capture is { File: not null, Bodies: true })
        {
            section.Field("capture").Field("bodies").Warn("writes down what is said: prompts, code and answers");
        }

        var address = config.Listener.BindAddress;
        if (IPAddress.IsLoopback(address) || config.Clients.Count > 0)
        {
            return;
        }

        var found = $"{address}, which other machines can reach";
        if (overrides.LastOrDefault(word => word.Field == "bind_address") is { } said)
        {
            section.Report.Refuse(new ConfigError(said.Source, found, Expected));
        }
        else
        {
            section.Field("bind_address").Refuse(found, Expected);
        }
    }

    private static void CheckSecure(ConfigValue section, GatewayConfig config)
    {
        var secure = config.Listener.Secure;
        if (!secure.IsOn)
        {
            return;
        }

        foreach (var (field, file) in (ReadOnlySpan<(string, string?)>)[("certificate_file", secure.CertificateFile), ("key_file", secure.KeyFile)])
        {
            if (file is null)
            {
                section.Field(field).RefuseOnce("nothing", "the path of a PEM file: there is no TLS without a certificate and its key");
            }
        }

        if (!IPAddress.IsLoopback(secure.BindAddress) && config.Clients.Count == 0 && secure.ClientCaFile is null)
        {
            section.Field("bind_address").Refuse(
                $"{secure.BindAddress}, which other machines can reach", "a loopback address, clients with keys, or a client_ca_file: otherwise they could spend the providers' keys");
        }
    }

    // A server's key is often shared with a group, as Debian's ssl-cert; the management key is nobody's but the operator's.
    private static void CheckKeyFiles(ConfigValue section, ListenerConfig listener, ConfigSource source)
    {
        if (listener.Secure is { IsOn: true, KeyFile: { } secure } && source.AudienceOf(secure) == FileAudience.Everybody)
        {
            section.Field("tls").Field("key_file").RefuseOnce($"{secure}, which everybody can read", $"a file for its owner and group: chmod o-rw {secure}");
        }

        if (listener.Management.KeyFile is { } own && source.AudienceOf(own) > FileAudience.Owner)
        {
            section.Field("management").Field("key_file").RefuseOnce($"{own}, which others can read", $"a file for its owner alone: chmod 600 {own}");
        }
    }
}
