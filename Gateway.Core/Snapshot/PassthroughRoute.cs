using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;

namespace Gateway.Core.Snapshot;

/// <summary>A path prefix that is relayed as plain HTTP. Immutable.</summary>
public sealed class PassthroughRoute(PassthroughConfig config)
{
    /// <summary>The prefix as it is written in the configuration.</summary>
    public ReadOnlyMemory<byte> Name { get; } = Encoding.UTF8.GetBytes(config.Prefix);

    /// <summary>The prefix, with a slash before it and none behind; empty if it takes the rest.</summary>
    public ReadOnlyMemory<byte> Prefix { get; } = Encoding.UTF8.GetBytes(config.Prefix.TrimEnd('/'));

    /// <summary>The prefix is <c>/</c>: every path that nothing else answers on.</summary>
    public bool TakesTheRest => Prefix.IsEmpty;

    /// <summary>Where it leads.</summary>
    public HttpTarget Target { get; } = new(config.BaseUrl) { CaFile = config.CaFile, IsLocal = config.Local, CredentialId = config.Prefix };

    /// <summary>The prefix is taken off.</summary>
    public bool StripPrefix { get; } = config.StripPrefix;

    /// <summary>A path lies under the prefix.</summary>
    public bool Covers(ReadOnlySpan<byte> path) =>
        path.StartsWith(Prefix.Span) && (path.Length == Prefix.Length || path[Prefix.Length] == (byte)'/');
}
