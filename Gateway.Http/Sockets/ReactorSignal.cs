using System.Threading.Tasks.Sources;

namespace Gateway.Http.Sockets;

/// <summary>A reusable wait for one waiter on its reactor thread; completing it runs the waiter right there, with no hop.</summary>
/// <remarks>A signal given while nobody waits is lost: who waits looks at the state first.</remarks>
public sealed class ReactorSignal : IValueTaskSource
{
    private Action<object?>? _continuation;
    private object? _state;
    private short _version;
    private bool _waiting;

    /// <summary>Waits for the next <see cref="Pulse"/>.</summary>
    public ValueTask WaitAsync()
    {
        _waiting = true;
        return new ValueTask(this, _version);
    }

    /// <summary>Wakes the waiter, if there is one, before this call returns.</summary>
    public void Pulse()
    {
        if (!_waiting)
        {
            return;
        }

        _waiting = false;
        var continuation = _continuation;
        var state = _state;
        _continuation = null;
        _state = null;
        continuation?.Invoke(state);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) =>
        _waiting ? ValueTaskSourceStatus.Pending : ValueTaskSourceStatus.Succeeded;

    void IValueTaskSource.GetResult(short token) => _version++;

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (!_waiting)
        {
            continuation(state);
            return;
        }

        _continuation = continuation;
        _state = state;
    }
}
