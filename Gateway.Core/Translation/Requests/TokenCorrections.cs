namespace Gateway.Core.Translation.Requests;

/// <summary>What is learned of the tokens of one model at one provider. Thread-safe and lock-free.</summary>
public sealed class TokenCorrections
{
    // Once calibrated, every so manieth exchange is counted again: a tokenizer takes milliseconds.
    private const int SampleEvery = 16;
    private const long One = 1_000_000;

    private int _exchanges;
    private long _lastRatio;

    /// <summary>Corrects estimates by weight of bytes: what every request gets.</summary>
    public CountCorrection Estimate { get; } = new();

    /// <summary>Corrects counts by tokenizer: what <c>count_tokens</c> gets.</summary>
    public CountCorrection Count { get; } = new();

    /// <summary>Whether a count, rather than an estimate, is the better answer: unless only estimates are calibrated yet.</summary>
    public bool PrefersCount => Count.IsCalibrated || !Estimate.IsCalibrated;

    /// <summary>Whether the exchange that begins is one to be counted beside its answer.</summary>
    public bool TakesSample() => !Count.IsCalibrated || Interlocked.Increment(ref _exchanges) % SampleEvery == 0;

    /// <summary>Learns from an exchange that was counted: tokens before correction, and as reported with cache reads and writes.</summary>
    public void LearnCount(long counted, long reported)
    {
        if (counted >= CountCorrection.LeastEstimate && reported > 0)
        {
            Volatile.Write(ref _lastRatio, Count.Correct(counted) * One / reported);
            Count.Learn(counted, reported);
        }
    }

    /// <summary>How good the last count that was checked would have been: corrected by reported tokens, in millionths. 0 if that was read before.</summary>
    public long TakeCountRatio() => Volatile.Read(ref _lastRatio) == 0 ? 0 : Interlocked.Exchange(ref _lastRatio, 0);
}
