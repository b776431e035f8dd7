using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Gateway.Http.Sockets;

/// <summary>A suspended async method: what its caller awaits and what its awaited operation resumes.</summary>
internal abstract class ReactorTaskBox<TResult> : IValueTaskSource<TResult>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<TResult> _core;

    protected ReactorTaskBox() => Resume = MoveNext;

    /// <summary>Cached once, so that waiting allocates nothing.</summary>
    public Action Resume { get; }

    public short Version => _core.Version;

    public void SetResult(TResult result) => _core.SetResult(result);

    public void SetException(Exception exception) => _core.SetException(exception);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    // No flags: a captured context would move the waiter to another thread.
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, ValueTaskSourceOnCompletedFlags.None);

    public TResult GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Return();
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    protected abstract void MoveNext();

    protected abstract void Return();
}

/// <summary>The box of one async method; free ones wait in a list of the thread they ended on.</summary>
internal sealed class ReactorTaskBox<TStateMachine, TResult> : ReactorTaskBox<TResult>
    where TStateMachine : IAsyncStateMachine
{
    [ThreadStatic]
    private static ReactorTaskBox<TStateMachine, TResult>? _firstFree;

    private ReactorTaskBox<TStateMachine, TResult>? _nextFree;

    /// <summary>The suspended method's locals.</summary>
    public TStateMachine? StateMachine;

    public static ReactorTaskBox<TStateMachine, TResult> Rent()
    {
        var box = _firstFree;
        if (box is null)
        {
            return new ReactorTaskBox<TStateMachine, TResult>();
        }

        _firstFree = box._nextFree;
        box._nextFree = null;
        return box;
    }

    protected override void MoveNext() => StateMachine!.MoveNext();

    protected override void Return()
    {
        StateMachine = default;
        _nextFree = _firstFree;
        _firstFree = this;
    }
}
