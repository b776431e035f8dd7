using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;

namespace Gateway.Core.Admission;

/// <summary>How much may be asked for: requests, input and output tokens a minute, requests at a time. Lock-free; allocates nothing.</summary>
/// <remarks>Whoever is let in holds a place until <see cref="Leave"/>. Input is taken as estimated and settled at the end; output is charged when it is
/// known, and while there is debt nobody enters.</remarks>
public sealed class RateLimits
{
    private readonly TokenBucket? _requests;
    private readonly TokenBucket? _input;
    private readonly TokenBucket? _output;
    private readonly int _maxInFlight;
    private int _inFlight;

    /// <summary>Makes full buckets; or takes over what is left in those of before.</summary>
    public RateLimits(LimitConfig config, RateLimits? previous = null, long nowMs = 0)
    {
        Config = config;
        _requests = Bucket(config.RequestsPerMinute, previous?._requests, nowMs);
        _input = Bucket(config.InputTokensPerMinute, previous?._input, nowMs);
        _output = Bucket(config.OutputTokensPerMinute, previous?._output, nowMs);
        _maxInFlight = config.MaxInFlight;
    }

    /// <summary>What it was made from.</summary>
    public LimitConfig Config { get; }

    /// <summary>Requests now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Limits as configured; the same object while they stay the same, so that those inside leave where they came in.</summary>
    public static RateLimits? For(LimitConfig config, RateLimits? previous, long nowMs) =>
        config.IsEmpty ? null
        : previous is not null && previous.Config == config ? previous
        : new RateLimits(config, previous, nowMs);

    /// <summary>Takes a place, a request and the input tokens; or nothing.</summary>
    /// <param name="inputTokens">Estimated.</param>
    /// <param name="nowMs">Milliseconds of a monotonic clock.</param>
    /// <param name="retryAfterMs">How long to wait if it could not.</param>
    public bool TryEnter(long inputTokens, long nowMs, out long retryAfterMs)
    {
        // A place becomes free when somebody leaves, which nobody can foretell.
        retryAfterMs = 1_000;
        if (!Places.TryTake(ref _inFlight, _maxInFlight > 0 ? _maxInFlight : int.MaxValue))
        {
            return false;
        }

        if (_output?.EmptyForMs(nowMs) is > 0 and var debt)
        {
            retryAfterMs = debt;
        }
        else if (_requests is null || _requests.TryTake(1, nowMs, out retryAfterMs))
        {
            if (_input is null || _input.TryTake(inputTokens, nowMs, out retryAfterMs))
            {
                return true;
            }

            _requests?.Charge(-1, nowMs);
        }

        Interlocked.Decrement(ref _inFlight);
        return false;
    }

    /// <summary>Gives the place back and settles the tokens.</summary>
    /// <param name="estimated">What was taken at the door.</param>
    /// <param name="usage">What was really used; what the prompt cache already held counts only where it is said so.</param>
    /// <param name="nowMs">Milliseconds of a monotonic clock.</param>
    public void Leave(long estimated, in Usage usage, long nowMs)
    {
        Interlocked.Decrement(ref _inFlight);
        var input = Math.Max(0, usage.InputTokens) + Math.Max(0, usage.CacheCreationInputTokens)
            + (Config.CountsCacheReads ? Math.Max(0, usage.CacheReadInputTokens) : 0);
        _input?.Charge(input - estimated, nowMs);
        _output?.Charge(Math.Max(0, usage.OutputTokens), nowMs);
    }

    /// <summary>The provider says what is left, -1 for nothing said: its word goes over our estimate, but never above what was configured.</summary>
    public void Correct(long requests, long input, long output, long nowMs)
    {
        Correct(_requests, requests, nowMs);
        Correct(_input, input, nowMs);
        Correct(_output, output, nowMs);
    }

    /// <summary>What is left: requests, input tokens, output tokens; -1 where there is no limit.</summary>
    public (long Requests, long Input, long Output) Remaining(long nowMs) =>
        (_requests?.Level(nowMs) ?? -1, _input?.Level(nowMs) ?? -1, _output?.Level(nowMs) ?? -1);

    private static void Correct(TokenBucket? bucket, long remaining, long nowMs)
    {
        if (remaining >= 0)
        {
            bucket?.CorrectTo(remaining, nowMs);
        }
    }

    private static TokenBucket? Bucket(int perMinute, TokenBucket? previous, long nowMs)
    {
        if (perMinute == 0)
        {
            return null;
        }

        var bucket = new TokenBucket(perMinute);
        if (previous is not null)
        {
            bucket.CorrectTo(previous.Level(nowMs), nowMs);
        }

        return bucket;
    }
}
