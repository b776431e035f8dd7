namespace Gateway.Core.Translation.Requests;

/// <summary>Learns how far the estimates for one model of one provider are from the input tokens it reports.</summary>
/// <remarks>
/// The factor is the greatest ratio among the last 64 to 128 samples: a count too low lets a client overfill the
/// context, one too high only makes it compact early. It is 1 until a whole window was seen: one odd report proves nothing.
/// Thread-safe and lock-free.
/// </remarks>
public sealed class CountCorrection
{
    /// <summary>The samples after which the factor is calibrated; also the length of a window.</summary>
    public const int Window = 64;

    /// <summary>The least estimate that teaches anything, tokens: below it the framing outweighs the text.</summary>
    public const int LeastEstimate = 256;

    // What was said so far may be cheap and what comes next dear: a count that falls below the estimate would be low then.
    private const double Least = 1;
    private const double Most = 4;
    private const double One = 1 << 20;
    private const int RatioMask = (1 << 24) - 1;
    private const int CountMask = 0xFF;
    private const int RecentShift = 8;
    private const int EarlierShift = 32;

    // Bits 0 to 7: samples in this window; 8 to 31: its greatest ratio; 32 to 55: that of the window before.
    private long _state;

    /// <summary>Whether a whole window has been seen.</summary>
    public bool IsCalibrated => Earlier(Volatile.Read(ref _state)) > 0;

    /// <summary>What to multiply an estimate by, 1 to 4; 1 until it is calibrated.</summary>
    public double Factor
    {
        get
        {
            var state = Volatile.Read(ref _state);
            return Earlier(state) > 0 ? Math.Max(Recent(state), Earlier(state)) / One : 1;
        }
    }

    /// <summary>An estimate as the provider would report it, tokens, rounded up.</summary>
    public long Correct(long estimate) => (long)Math.Ceiling(estimate * Factor);

    /// <summary>Learns from an exchange: what was estimated before correction, and what was reported with cache reads and writes, tokens.</summary>
    public void Learn(long estimate, long reported)
    {
        if (estimate < LeastEstimate || reported <= 0)
        {
            return;
        }

        var ratio = (long)Math.Ceiling(Math.Clamp((double)reported / estimate, Least, Most) * One);
        var seen = Volatile.Read(ref _state);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref _state, With(seen, ratio), seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }

    private static long With(long state, long ratio)
    {
        var count = (state & CountMask) + 1;
        var recent = Math.Max(Recent(state), ratio);
        return count < Window
            ? (Earlier(state) << EarlierShift) | (recent << RecentShift) | count
            : recent << EarlierShift;
    }

    private static long Recent(long state) => (state >> RecentShift) & RatioMask;

    private static long Earlier(long state) => (state >> EarlierShift) & RatioMask;
}
