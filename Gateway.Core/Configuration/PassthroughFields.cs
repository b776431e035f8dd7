using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of one entry of <c>passthrough</c>.</summary>
internal static class PassthroughFields
{
    public static ConfigTable<PassthroughConfig> Table { get; } = new()
    {
        { "prefix", PassthroughRules.PrefixKind, c => c.Prefix, (c, v) => c with { Prefix = v! },
            "The path itself and all paths below it; of several routes the one with the longest prefix takes the request." },
        { "base_url", BaseUrl, c => c.BaseUrl, (c, v) => c with { BaseUrl = v! },
            "Where they lead." },
        { "strip_prefix", Flag, c => c.StripPrefix, (c, v) => c with { StripPrefix = v },
            "The prefix is taken off before the path is added to the base URL's." },
        { "local", Flag, c => c.Local, (c, v) => c with { Local = v },
            "It is a server of your own: plain `http://` is allowed, and a link-local address." },
        { "ca_file", FilePath, c => c.CaFile, (c, v) => c with { CaFile = v },
            "PEM file of the authorities to trust instead of the system's." },
    };

    /// <summary>An entry of which nothing is read yet; one that stays without prefix or base URL is refused.</summary>
    public static PassthroughConfig Untouched { get; } = new() { Prefix = null!, BaseUrl = null! };
}
