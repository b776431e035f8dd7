using Gateway.Http.Sockets;

namespace Gateway.Tests.Support;

/// <summary>Two reactors, of which the second hangs until it is released.</summary>
internal sealed class StalledReactors : IDisposable
{
    private readonly ReactorSet _reactors;
    private readonly ManualResetEventSlim _release = new();

    private StalledReactors(TransportKind kind) => _reactors = new ReactorSet(kind, 2, TimeProvider.System);

    /// <summary>Both of them.</summary>
    public IReadOnlyList<Reactor> All => _reactors.Reactors;

    /// <summary>Starts them; the second hangs when this ends.</summary>
    public static async Task<StalledReactors> StartAsync(TransportKind kind)
    {
        var stalled = new StalledReactors(kind);
        var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stalled.All[1].Post(
            _ =>
            {
                hangs.SetResult();
                stalled._release.Wait(TimeSpan.FromSeconds(20));
            },
            null);
        await hangs.Task.Soon();
        return stalled;
    }

    /// <summary>Lets the second go on.</summary>
    public void Release() => _release.Set();

    /// <summary>Waits until one has done all that was posted to it.</summary>
    public Task TurnAsync(int index)
    {
        var turned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        All[index].Post(_ => turned.SetResult(), null);
        return turned.Task.Soon();
    }

    public void Dispose()
    {
        _release.Set();
        _reactors.Dispose();
        _release.Dispose();
    }
}
