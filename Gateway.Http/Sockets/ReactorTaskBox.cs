using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Gateway.Http.Sockets;

/// <summary>A suspended async method: what its caller awaits and what its awaited operation resumes.</summary>
/// <remarks>
/// Begins, ends and is awaited on one reactor thread. That spares what <see cref="ManualResetValueTaskSourceCore{TResult}"/> does
/// against other threads, which costs more than the rest of a suspension.
/// </remarks>
internal abstract class ReactorTaskBox<TResult> : IValueTaskSource<TResult>, IValueTaskSource
{
    private Action<object?>? _waiter;
    private object? _waiterState;
    private Exception? _exception;
    private TResult? _result;
    private bool _hasEnded;
    private int _thread;

    protected ReactorTaskBox() => Resume = MoveNext;

    /// <summary>Cached once, so that waiting allocates nothing.</summary>
    public Action Resume { get; }

    /// <summary>Changes with each use: who awaits a task twice is told so.</summary>
    public short Version { get; private set; }

    public void SetResult(TResult result)
    {
        _result = result;
        End();
    }

    public void SetException(Exception exception)
    {
        _exception = exception;
        End();
    }

    public ValueTaskSourceStatus GetStatus(short token) =>
        !_hasEnded ? ValueTaskSourceStatus.Pending
        : _exception is null ? ValueTaskSourceStatus.Succeeded
        : ValueTaskSourceStatus.Faulted;

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        CheckThread();
        if (token != Version || _waiter is not null)
        {
            throw new InvalidOperationException("A task was awaited twice.");
        }

        if (_hasEnded)
        {
            continuation(state);
            return;
        }

        _waiterState = state;
        _waiter = continuation;
    }

    public TResult GetResult(short token)
    {
        CheckThread();
        if (token != Version || !_hasEnded)
        {
            throw new InvalidOperationException("A task was awaited twice, or its result was taken too early.");
        }

        var (result, exception) = (_result, _exception);
        _result = default;
        _hasEnded = false;
        Version++;
        Return();
        if (exception is not null)
        {
            _exception = null;
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
        }

        return result!;
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    protected abstract void MoveNext();

    protected abstract void Return();

    [Conditional("DEBUG")]
    protected void NoteThread() => _thread = Environment.CurrentManagedThreadId;

    // Loud, because what went on elsewhere can't be told apart from a lost wake-up later.
    [Conditional("DEBUG")]
    private void CheckThread()
    {
        if (_thread != Environment.CurrentManagedThreadId)
        {
            Environment.FailFast($"A method of a reactor went on on another thread: {GetType()}");
        }
    }

    private void End()
    {
        CheckThread();
        _hasEnded = true;
        if (_waiter is { } waiter)
        {
            var state = _waiterState;
            _waiter = null;
            _waiterState = null;
            waiter(state);
        }
    }
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
            box = new ReactorTaskBox<TStateMachine, TResult>();
        }
        else
        {
            _firstFree = box._nextFree;
            box._nextFree = null;
        }

        box.NoteThread();
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
