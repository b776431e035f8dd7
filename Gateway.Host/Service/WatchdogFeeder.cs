using System.Globalization;

namespace Gateway.Host.Service;

/// <summary>Feeds the service manager's watchdog while the process does its work; a process that hangs is killed and started anew.</summary>
/// <remarks>sd_watchdog_enabled(3): twice in each period, so that one late timer costs nothing.</remarks>
internal sealed class WatchdogFeeder : IDisposable
{
    private readonly ServiceNotifier _notifier;
    private readonly Func<bool> _isAlive;
    private readonly ITimer _timer;

    private WatchdogFeeder(ServiceNotifier notifier, Func<bool> isAlive, TimeSpan period, TimeProvider time)
    {
        _notifier = notifier;
        _isAlive = isAlive;
        _timer = time.CreateTimer(static feeder => ((WatchdogFeeder)feeder!).Look(), this, TimeSpan.Zero, period / 2);
    }

    /// <summary>Begins to feed, or returns null where nobody watches.</summary>
    /// <param name="environment">Looks a variable up.</param>
    /// <param name="processId">This process, which must be the one that is meant.</param>
    /// <param name="notifier">Carries the word.</param>
    /// <param name="isAlive">Whether the process does its work; asked before each feeding.</param>
    /// <param name="time">The clock.</param>
    public static WatchdogFeeder? Start(
        Func<string, string?> environment, int processId, ServiceNotifier notifier, Func<bool> isAlive, TimeProvider time) =>
        notifier.HasManager && PeriodOf(environment, processId) is { } period ? new WatchdogFeeder(notifier, isAlive, period, time) : null;

    public void Dispose() => _timer.Dispose();

    private static TimeSpan? PeriodOf(Func<string, string?> environment, int processId)
    {
        var isForUs = environment("WATCHDOG_PID") is not { Length: > 0 } owner || owner == processId.ToString(CultureInfo.InvariantCulture);
        return isForUs
            && long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds is > 0 and < int.MaxValue * 1000L
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }

    private void Look()
    {
        if (_isAlive())
        {
            _notifier.Alive();
        }
    }
}
