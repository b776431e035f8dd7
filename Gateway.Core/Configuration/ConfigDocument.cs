using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>A configuration written out: every field that has a value, defaults and presets among them.</summary>
public static class ConfigDocument
{
    /// <summary>As a file that would mean the same; of each key that stood in the file three stars.</summary>
    public static string Text(GatewayConfig config) => Write(config, reveals: false);

    /// <summary>The same, with the keys if they are to be compared.</summary>
    internal static string Write(GatewayConfig config, bool reveals) =>
        JsonLayout.Indented(json => GatewayFields.Table.Write(new ConfigWriter(json, reveals), config));
}
