using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Gateway.Core.Telemetry;
using Gateway.Http.Sockets;

namespace Gateway.Host.Service;

/// <summary>SIGUSR2: starts the program anew, gives it the listening sockets, and leaves once it serves. No connection is refused
/// meanwhile, and a program that does not start changes nothing.</summary>
internal sealed class Upgrade : IDisposable
{
    // signal(7), on x86-64 and arm64; the runtime has no name for it.
    private const PosixSignal User2 = (PosixSignal)12;

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly ReactorSet _reactors;
    private readonly GatewayEvents _events;
    private readonly TimeProvider _time;
    private readonly Func<ProcessStartInfo> _command;
    private readonly PosixSignalRegistration? _signal;
    private Action<int>? _replaced;
    private int _running;

    /// <summary>Takes the signal, which would end the process otherwise; nothing comes of it before <see cref="Begin"/>.</summary>
    /// <param name="reactors">Own the sockets.</param>
    /// <param name="events">Learn what comes of it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="command">What to start; null for this program again.</param>
    public Upgrade(ReactorSet reactors, GatewayEvents events, TimeProvider time, Func<ProcessStartInfo>? command = null)
    {
        _reactors = reactors;
        _events = events;
        _time = time;
        _command = command ?? Successor.SameCommand;
        if (OperatingSystem.IsLinux())
        {
            _signal = PosixSignalRegistration.Create(User2, context =>
            {
                context.Cancel = true;
                _ = RunAsync();
            });
        }
    }

    /// <summary>There is something to take over from here on.</summary>
    /// <param name="replaced">Told the process that has taken over; now this one may leave.</param>
    public void Begin(Action<int> replaced) => _replaced = replaced;

    /// <summary>Does what the signal asks for; true if another process has taken over. One at a time, and none after one succeeded.</summary>
    public async Task<bool> RunAsync()
    {
        if (_replaced is null || Interlocked.Exchange(ref _running, 1) != 0)
        {
            return false;
        }

        try
        {
            if (await TryReplaceAsync().ConfigureAwait(false))
            {
                return true;
            }
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidOperationException)
        {
            _events.UpgradeFailed(exception.Message);
        }

        Volatile.Write(ref _running, 0);
        return false;
    }

    public void Dispose() => _signal?.Dispose();

    private async Task<bool> TryReplaceAsync()
    {
        using var successor = new Successor();
        var id = successor.Start(_command(), await _reactors.DuplicateListenersAsync().ConfigureAwait(false));
        _events.UpgradeStarted(id);
        try
        {
            if (await successor.ReadyAsync(LongestStart, _time).ConfigureAwait(false))
            {
                _replaced!(id);
                return true;
            }

            _events.UpgradeFailed("the new process ended before it served");
        }
        catch (TimeoutException)
        {
            successor.Kill();
            _events.UpgradeFailed($"the new process did not serve within {LongestStart.TotalSeconds:0} s");
        }

        return false;
    }
}
