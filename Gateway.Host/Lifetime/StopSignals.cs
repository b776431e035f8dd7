using System.Runtime.InteropServices;

namespace Gateway.Host.Lifetime;

/// <summary>SIGTERM and SIGINT: the first asks to finish, the second to end at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource<string> _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopNow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;

    public StopSignals()
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive);
    }

    /// <summary>Ends with the name of the first signal.</summary>
    public Task<string> Stop => _stop.Task;

    /// <summary>Asks to finish, as the first signal does.</summary>
    public void Request(string reason) => _stop.TrySetResult(reason);

    /// <summary>Ends with the second.</summary>
    public Task StopNow => _stopNow.Task;

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        // Without this the runtime would end the process under the running streams.
        context.Cancel = true;
        if (!_stop.TrySetResult(context.Signal.ToString()))
        {
            _stopNow.TrySetResult();
        }
    }
}
