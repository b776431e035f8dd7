using Gateway.Core.Admission;
using Gateway.Core.Providers;
using Gateway.Core.Randomness;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>What the handlers of all reactors share.</summary>
/// <param name="Snapshots">The configuration in force.</param>
/// <param name="Counters">One set of cells per reactor.</param>
/// <param name="Metrics">One writer per reactor.</param>
/// <param name="Observer">Learns of each finished exchange.</param>
/// <param name="Log">Where lines go.</param>
/// <param name="Events">The gateway's own events.</param>
/// <param name="Limits">Sizes of the HTTP grammar.</param>
/// <param name="Dns">Addresses of providers.</param>
/// <param name="Management">Answers what is not proxied.</param>
/// <param name="Load">How loaded the process is.</param>
/// <param name="Traces">Which exchanges leave a trace.</param>
public sealed record GatewayServices(
    SnapshotHolder Snapshots,
    GatewayCounters Counters,
    GatewayMetrics Metrics,
    IExchangeObserver Observer,
    ILogSink Log,
    GatewayEvents Events,
    HttpLimits Limits,
    DnsCache Dns,
    IManagementPages Management,
    LoadState Load,
    TraceSampling Traces)
{
    // RFC 9562, section 5.4: the version is in the seventh byte of sixteen.
    private const int RandomBytesInGuid = 6;

    /// <summary>What is captured of the traffic.</summary>
    public CaptureScope Captures { get; init; }

    /// <summary>How providers, and the gateways among them, learn that a request came through here.</summary>
    internal Via Via { get; } = new();

    private readonly UpstreamGates _gates = new();

    private readonly UpstreamCensus _census = new();

    /// <summary>Connections to a provider that wait for work, and those that are at work. Any thread.</summary>
    public (int Idle, int Busy) ConnectionsTo(Provider provider)
    {
        var endpoints = new HashSet<UpstreamEndpoint>();
        foreach (var key in provider.Keys)
        {
            if (key.Target is { } target)
            {
                endpoints.Add(ProviderEndpoints.Make(target));
            }
        }

        return _census.Count(endpoints);
    }

    internal UpstreamPools PoolsFor(Reactor reactor) => new(reactor, Limits, _gates, Dns, _census);

    internal static Chance MakeChance() => new(Random(Chance.SeedLength));

    internal static RequestIds MakeRequestIds() => new(MakeChance());

    // A new Guid's bits are the kernel's; those of RandomNumberGenerator are OpenSSL's, 4 MB that a gateway without TLS need not load.
    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        for (var rest = bytes.AsSpan(); !rest.IsEmpty; rest = rest[Math.Min(rest.Length, RandomBytesInGuid)..])
        {
            Guid.NewGuid().ToByteArray().AsSpan(0, Math.Min(rest.Length, RandomBytesInGuid)).CopyTo(rest);
        }

        return bytes;
    }
}
