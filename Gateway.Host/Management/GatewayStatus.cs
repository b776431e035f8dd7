using Gateway.Core.Admission;
using Gateway.Core.Providers;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;

namespace Gateway.Host.Management;

/// <summary>What the pages tell about: the living parts of the process.</summary>
/// <param name="Snapshots">The configuration in force.</param>
/// <param name="Counters">What was counted.</param>
/// <param name="Metrics">What was measured.</param>
/// <param name="Recent">The last exchanges.</param>
/// <param name="Load">How loaded the process is.</param>
/// <param name="Time">The clock.</param>
internal sealed record GatewayStatus(
    SnapshotHolder Snapshots, GatewayCounters Counters, GatewayMetrics Metrics, RecentExchanges Recent, LoadState Load, TimeProvider Time)
{
    private readonly long _startedAt = Time.GetTimestamp();

    /// <summary>Whole seconds since the start.</summary>
    public long UptimeSeconds => (long)Time.GetElapsedTime(_startedAt).TotalSeconds;

    /// <summary>Milliseconds of the clock by which states and limits run.</summary>
    public Func<long> NowMs { get; init; } = () => 0;

    /// <summary>Client connections open now.</summary>
    public Func<long> OpenConnections { get; init; } = () => 0;

    /// <summary>Connections to a provider: those that wait for work, and those at work.</summary>
    public Func<Provider, (int Idle, int Busy)> ConnectionsTo { get; set; } = _ => (0, 0);

    /// <summary>Lines the log has lost.</summary>
    public Func<long> LogLinesDropped { get; init; } = () => 0;

    /// <summary>Exchanges that the ledger could not book.</summary>
    public Func<long> LedgerLinesDropped { get; set; } = () => 0;

    /// <summary>Exchanges that the capture lost.</summary>
    public Func<long> CaptureLinesDropped { get; set; } = () => 0;

    /// <summary>What pushing metrics and traces has lost.</summary>
    public Func<(long SpansDropped, long PushesFailed)> Export { get; set; } = () => (0, 0);

    /// <summary>What happened to the gateway itself lately; null where nobody keeps it.</summary>
    public LifecycleFeed? Lifecycle { get; set; }

    /// <summary>Every reactor turns, or has not been found hanging for ten seconds.</summary>
    public Func<bool> IsTurning { get; init; } = () => true;

    /// <summary>Only this machine can connect. What is open stays open, whatever a later configuration says.</summary>
    public bool IsLocal { get; set; } = Snapshots.Current.Config.Listener.IsLocal;

    /// <summary>The gateway finishes what runs and takes nothing new.</summary>
    public bool IsDraining { get; set; }

    /// <summary>What ran is finished as well: nothing is left to watch.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whoever follows events must go: they would be waited for, or nothing more can happen.</summary>
    public bool EndsEvents => IsLeaving || (IsDraining && !Snapshots.Current.Config.Listener.Management.IsApart);
}
