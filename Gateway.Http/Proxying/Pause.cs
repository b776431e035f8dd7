using System.Runtime.CompilerServices;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>A wait of a given length that can be interrupted; reusable.</summary>
internal sealed class Pause
{
    private readonly ReactorSignal _signal = new();
    private readonly Deadline _deadline;

    public Pause(Reactor reactor) =>
        _deadline = new Deadline(reactor, static signal => ((ReactorSignal)signal).Pulse(), _signal);

    /// <summary>Waits so many milliseconds, or until <see cref="Interrupt"/>; true if there was anything to wait for.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<bool> WaitAsync(int milliseconds)
    {
        if (milliseconds <= 0)
        {
            return false;
        }

        _deadline.Start(milliseconds);
        await _signal.WaitAsync();
        return true;
    }

    public void Interrupt()
    {
        _deadline.Stop();
        _signal.Pulse();
    }
}
