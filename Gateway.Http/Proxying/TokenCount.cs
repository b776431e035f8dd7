using System.Buffers;
using Gateway.Core.Translation.Requests;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Counts a request's tokens on a thread of the pool, and comes back to the reactor: it takes milliseconds.</summary>
internal sealed class TokenCount(Reactor reactor, byte[] body) : IThreadPoolWorkItem
{
    private readonly ReactorSignal _done = new();

    /// <summary>What was counted, at least 1; 0 until then.</summary>
    public long Tokens { get; private set; }

    /// <summary>Counts; the reactor's own thread, once.</summary>
    public ValueTask RunAsync()
    {
        var done = _done.WaitAsync();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return done;
    }

    void IThreadPoolWorkItem.Execute()
    {
        Tokens = new TokenEstimator(Tokenizer.Shared).Estimate(new ReadOnlySequence<byte>(body));
        reactor.Post(static count => ((TokenCount)count!)._done.Pulse(), this);
    }
}
