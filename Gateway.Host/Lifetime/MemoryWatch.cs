using Gateway.Core.Admission;
using Gateway.Core.Telemetry;

namespace Gateway.Host.Lifetime;

/// <summary>Looks once a second how much of its memory the process uses, and climbs or descends the ladder.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // Looks from one collection to the next.
    private const int SoonAgain = 5;
    private const int LaterAgain = 30;

    private readonly LoadState _load;
    private readonly GatewayEvents _events;
    private readonly Func<double> _share;
    private readonly Action<double> _seen;
    private readonly Action _collect;
    private readonly ITimer _timer;
    private int _looks;

    /// <summary>Begins to look.</summary>
    /// <param name="load">Takes the rung.</param>
    /// <param name="events">Learns of each change.</param>
    /// <param name="time">The clock.</param>
    /// <param name="seen">Told the share at each look that finds the process on a rung, and once when it is off the ladder again.</param>
    /// <param name="share">Share of the memory that is in use; null to ask the system.</param>
    /// <param name="collect">Gives back what nobody uses; null to ask the collector.</param>
    public MemoryWatch(LoadState load, GatewayEvents events, TimeProvider time, Action<double> seen, Func<double>? share = null, Action? collect = null)
    {
        _collect = collect ?? (static () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive));
        _load = load;
        _events = events;
        _seen = seen;
        _share = share ?? UsedShare;

        // Timers run on the pool's threads, and the first takes descriptors to make: without any left the runtime would end the process. This timer keeps it.
        ThreadPool.UnsafeQueueUserWorkItem(static _ => { }, null);
        _timer = time.CreateTimer(static watch => ((MemoryWatch)watch!).Look(), this, Every, Every);
    }

    /// <summary>What the process may use: three quarters of its control group's limit where there is one, else all of the machine's memory.</summary>
    public static long MostBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is var most and > 0 ? most : long.MaxValue;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var share = _share();
        var (rung, before) = (OverloadLadder.For(share), _load.Rung);
        if (rung != before)
        {
            _load.Rung = rung;
            _events.LoadChanged(rung.ToString(), (int)(share * 100));
        }

        if (rung != LoadRung.Normal || before != LoadRung.Normal)
        {
            _seen(share);
        }

        if (rung == LoadRung.Normal)
        {
            _looks = 0;
        }
        else if (rung > before || ++_looks >= (rung >= LoadRung.Refuse ? SoonAgain : LaterAgain))
        {
            // What the collector has not looked at yet may be all it takes. Where nobody is let in nothing is allocated, and it would never look again by itself.
            _looks = 0;
            _collect();
        }
    }

    private static double UsedShare() => (double)Environment.WorkingSet / MostBytes;
}
