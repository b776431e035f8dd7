using System.Runtime.CompilerServices;
using Gateway.Core.Providers;
using Gateway.Http.Upstream;

namespace Gateway.Http.Proxying;

/// <summary>Where the connections of each target lead: made once per target of a snapshot, and forgotten with it.</summary>
internal sealed class ProviderEndpoints
{
    private readonly ConditionalWeakTable<HttpTarget, UpstreamEndpoint> _endpoints = [];

    /// <summary>The endpoint of a provider or of a passthrough route.</summary>
    public UpstreamEndpoint Of(HttpTarget target) =>
        _endpoints.TryGetValue(target, out var endpoint) ? endpoint : Add(target);

    private UpstreamEndpoint Add(HttpTarget target)
    {
        var endpoint = Make(target);
        _endpoints.Add(target, endpoint);
        return endpoint;
    }

    /// <summary>An endpoint that equals every other of the same target.</summary>
    public static UpstreamEndpoint Make(HttpTarget target) => new()
    {
        IsHttps = target.IsHttps,
        Host = target.Host,
        Port = target.Port,
        CaFile = target.CaFile,
        IsLocal = target.IsLocal,
        CredentialId = target.CredentialId,
        Owner = target.Owner,
        MaxConcurrent = target.MaxConcurrent,
        Group = target.Group,
        MaxInGroup = target.MaxInGroup,
        ConnectTimeoutMs = target.ConnectTimeoutMs,
        TlsTimeoutMs = target.TlsTimeoutMs,
        IdleMs = target.PoolIdleMs,
        MaxAgeMs = target.PoolAgeMs,
    };
}
