namespace Gateway.Http.Sockets;

/// <summary>A wait on a reactor's clock; reusable, one at a time, on the reactor's thread.</summary>
public sealed class ReactorTimer : IDisposable
{
    private readonly ReactorSignal _signal = new();
    private readonly Deadline _deadline;

    /// <summary>A timer of this reactor.</summary>
    public ReactorTimer(Reactor reactor) =>
        _deadline = new Deadline(reactor, static signal => ((ReactorSignal)signal).Pulse(), _signal);

    /// <summary>Waits so many milliseconds.</summary>
    public ValueTask WaitAsync(int milliseconds)
    {
        _deadline.Start(milliseconds);
        return _signal.WaitAsync();
    }

    /// <inheritdoc />
    public void Dispose() => _deadline.Stop();
}
