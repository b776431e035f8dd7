using System.Buffers;
using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;
using Gateway.Core.Translation.Requests;

namespace Gateway.Http.Proxying;

/// <summary>A request that is counted beside its answer, to learn how far counts are from what the provider reports.</summary>
internal sealed class TokenSample : IThreadPoolWorkItem
{
    private readonly byte[] _body;
    private readonly TokenCorrections _corrections;
    private long _reported;

    private TokenSample(byte[] body, TokenCorrections corrections) => (_body, _corrections) = (body, corrections);

    /// <summary>Copies the request, if its turn has come; only where somebody asked for a count at all.</summary>
    public static TokenSample? Take(ProxyContext context)
    {
        if (!context.Provider!.State.IsAskedForCounts || context.Endpoint != EndpointKind.Messages)
        {
            return null;
        }

        var corrections = TokenEstimates.CorrectionsOf(context);
        return corrections.TakesSample() ? new TokenSample(context.Body.ToArray(), corrections) : null;
    }

    /// <summary>The answer came to its end: counts, on a thread of the pool, what its provider reports of.</summary>
    public void Learn(ProxyContext context)
    {
        var isReported = context.Provider!.Dialect == Dialect.Anthropic || context.Translation.Answer.HasReportedUsage;
        var usage = context.Usage;
        if (isReported && usage.Source == UsageSource.Final)
        {
            _reported = Math.Max(0, usage.InputTokens) + Math.Max(0, usage.CacheReadInputTokens) + Math.Max(0, usage.CacheCreationInputTokens);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute() =>
        _corrections.LearnCount(new TokenEstimator(Tokenizer.Shared).Estimate(new ReadOnlySequence<byte>(_body)), _reported);
}
