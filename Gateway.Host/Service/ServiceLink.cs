using System.Net.Sockets;
using Gateway.Core.Telemetry;
using Gateway.Http.Sockets;

namespace Gateway.Host.Service;

/// <summary>The process as a service: what it was given, what it tells its manager, and how another takes over.</summary>
/// <param name="environment">Looks a variable up.</param>
/// <param name="reactors">Serve; as long as they turn, the watchdog is fed.</param>
/// <param name="events">Learn of upgrades.</param>
/// <param name="time">The clock.</param>
internal sealed class ServiceLink(Func<string, string?> environment, ReactorSet reactors, GatewayEvents events, TimeProvider time) : IDisposable
{
    private readonly ServiceNotifier _notifier = new(environment, time);
    private readonly Upgrade _upgrade = new(reactors, events, time);
    private string _status = "";
    private WatchdogFeeder? _feeder;
    private volatile bool _isReplaced;

    /// <summary>Another process has taken over, with our sockets.</summary>
    public bool IsReplaced => _isReplaced;

    /// <summary>Listening sockets to use instead of own ones; empty if none were given.</summary>
    /// <exception cref="InheritedSocketException">What was given is no listening socket.</exception>
    public IReadOnlyList<Socket> TakeSockets() => InheritedSockets.Take(environment, Environment.ProcessId);

    /// <summary>Clients are served from here on.</summary>
    /// <param name="status">One line that says so.</param>
    /// <param name="stop">Called when another process has taken over.</param>
    public void Ready(string status, Action stop)
    {
        _status = status;
        _notifier.Ready(status);
        _feeder = WatchdogFeeder.Start(environment, Environment.ProcessId, _notifier, new ReactorPulse(reactors.Reactors).Look, time);
        _upgrade.Begin(successor =>
        {
            _isReplaced = true;
            _notifier.MainProcess(successor);
            stop();
        });
        Successor.TellPredecessor(environment);
    }

    /// <summary>Reads the configuration again, and says when that begins and ends.</summary>
    public void Reload(Action reload)
    {
        _notifier.Reloading();
        reload();
        _notifier.Ready(_status);
    }

    /// <summary>No more clients are taken: the end of the service, unless another process is it by now.</summary>
    public void Stopping(string reason)
    {
        if (!_isReplaced)
        {
            _notifier.Stopping($"Stopping: {reason}");
        }
    }

    public void Dispose()
    {
        _upgrade.Dispose();
        _feeder?.Dispose();
        _notifier.Dispose();
    }
}
