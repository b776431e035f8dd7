using System.Runtime.CompilerServices;

#pragma warning disable CA1000, CA1822 // the compiler prescribes these members and that they are not static

namespace Gateway.Http.Sockets;

/// <summary>Builds <see cref="ValueTask"/>-returning async methods whose state lives in boxes pooled per reactor thread.</summary>
/// <remarks>
/// The runtime's own pooling builder keeps one box per thread and core: with 64 exchanges suspended at once the rest is garbage.
/// Here the pool is as deep as the concurrency that was met. Neither ExecutionContext nor SynchronizationContext is carried along.
/// </remarks>
public struct ReactorTaskMethodBuilder
{
    private ReactorTaskMethodBuilder<VoidResult> _inner;

    /// <summary>The task handed to the caller.</summary>
    public readonly ValueTask Task => _inner.AsValueTask();

    /// <summary>Called by the compiler.</summary>
    public static ReactorTaskMethodBuilder Create() => default;

    /// <summary>Runs the method up to its first suspension.</summary>
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>Called by the compiler; boxes are made by the awaits.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) => _ = stateMachine;

    /// <summary>The method returned.</summary>
    public void SetResult() => _inner.SetResult(default);

    /// <summary>The method threw.</summary>
    public void SetException(Exception exception) => _inner.SetException(exception);

    /// <summary>The method waits.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _inner.AwaitOnCompleted(ref awaiter, ref stateMachine);

    /// <summary>The method waits.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => _inner.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);

    /// <summary>Nothing, as a result type.</summary>
    internal readonly struct VoidResult;
}

/// <summary>The same for <see cref="ValueTask{TResult}"/>.</summary>
/// <typeparam name="TResult">What the method returns.</typeparam>
public struct ReactorTaskMethodBuilder<TResult>
{
    private ReactorTaskBox<TResult>? _box;
    private Exception? _exception;
    private TResult? _result;

    /// <summary>The task handed to the caller.</summary>
    public readonly ValueTask<TResult> Task =>
        _box is not null ? new ValueTask<TResult>(_box, _box.Version)
        : _exception is not null ? ValueTask.FromException<TResult>(_exception)
        : new ValueTask<TResult>(_result!);

    /// <summary>Called by the compiler.</summary>
    public static ReactorTaskMethodBuilder<TResult> Create() => default;

    /// <summary>Runs the method up to its first suspension.</summary>
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>Called by the compiler; boxes are made by the awaits.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) => _ = stateMachine;

    /// <summary>The method returned.</summary>
    public void SetResult(TResult result)
    {
        if (_box is null)
        {
            _result = result;
        }
        else
        {
            _box.SetResult(result);
        }
    }

    /// <summary>The method threw.</summary>
    public void SetException(Exception exception)
    {
        if (_box is null)
        {
            _exception = exception;
        }
        else
        {
            _box.SetException(exception);
        }
    }

    /// <summary>The method waits.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => awaiter.OnCompleted(Box(ref stateMachine).Resume);

    /// <summary>The method waits.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => awaiter.UnsafeOnCompleted(Box(ref stateMachine).Resume);

    internal readonly ValueTask AsValueTask() =>
        _box is not null ? new ValueTask(_box, _box.Version)
        : _exception is not null ? ValueTask.FromException(_exception)
        : default;

    private ReactorTaskBox<TResult> Box<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (_box is null)
        {
            var box = ReactorTaskBox<TStateMachine, TResult>.Rent();

            // Order matters: this builder is a field of the state machine, so it must know the box before the copy is made.
            _box = box;
            box.StateMachine = stateMachine;
        }

        return _box;
    }
}
