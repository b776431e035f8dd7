using HdrHistogram;

namespace Gateway.Benchmarks.Load;

/// <summary>What the connections of one reactor have seen inside the window; only touched on its thread until the round is over.</summary>
/// <param name="window">The part of a round that counts.</param>
internal sealed class Measurement(Window window)
{
    private const long LongestNanoseconds = 3_600L * 1_000_000_000;
    private const int Digits = 3;

    /// <summary>From the (intended) sending to the head of the answer.</summary>
    public LongHistogram FirstByte { get; } = New();

    /// <summary>From the (intended) sending to the last byte of the answer.</summary>
    public LongHistogram Total { get; } = New();

    /// <summary>From the provider's sending of an event to its arrival here.</summary>
    public LongHistogram EventDelay { get; } = New();

    /// <summary>From the intended to the real sending: how late the generator itself was.</summary>
    public LongHistogram SendLag { get; } = New();

    /// <summary>The whole time of those answers that took the gateway more than one attempt.</summary>
    public LongHistogram Retried { get; } = New();

    /// <summary>From the sending to the head, by the answer's own account.</summary>
    public LongHistogram ServerTiming { get; } = New();

    /// <summary>What of that its provider took, by the same account.</summary>
    public LongHistogram ProviderTiming { get; } = New();

    /// <summary>From event to event, on average over an answer.</summary>
    public LongHistogram PerEvent { get; } = New();

    /// <summary>Whole times, by when they ended.</summary>
    public Timeline TotalLine { get; } = new(window);

    /// <summary>Events' delays, by when they came.</summary>
    public Timeline EventLine { get; } = new(window);

    /// <summary>Whole, correct answers.</summary>
    public long Requests { get; private set; }

    /// <summary>Answers that ended inside the window, whenever they were asked for: what the costs of the window are divided by.</summary>
    public long Ended { get; private set; }

    /// <summary>Events of any answer.</summary>
    public long Events { get; private set; }

    /// <summary>What went wrong, and how often.</summary>
    public Dictionary<string, long> Faults { get; } = [];

    /// <summary>An answer was whole and correct.</summary>
    public void AddAnswer(long intended, long sent, long firstByte, long end, bool wasRetried, long events, ToldTiming told)
    {
        if (told != ToldTiming.None)
        {
            Record(ServerTiming, told.Sum);
            Record(ProviderTiming, told.Provider);
        }

        if (events > 1)
        {
            Record(PerEvent, (end - firstByte) / events);
        }

        Requests++;
        if (wasRetried)
        {
            Record(Retried, end - intended);
        }

        Record(FirstByte, firstByte - intended);
        Record(Total, end - intended);
        TotalLine.Add(end, end - intended);
        Record(SendLag, sent - intended);
    }

    /// <summary>A whole, correct answer has ended inside the window.</summary>
    public void AddEnd() => Ended++;

    /// <summary>An event has come.</summary>
    public void AddEvent(long sent, long came)
    {
        Events++;
        Record(EventDelay, came - sent);
        EventLine.Add(came, came - sent);
    }

    /// <summary>An exchange went wrong.</summary>
    public void AddFault(string what) => Faults[what] = Faults.GetValueOrDefault(what) + 1;

    /// <summary>Adds what another has seen.</summary>
    public void Add(Measurement other)
    {
        FirstByte.Add(other.FirstByte);
        Total.Add(other.Total);
        EventDelay.Add(other.EventDelay);
        SendLag.Add(other.SendLag);
        Retried.Add(other.Retried);
        ServerTiming.Add(other.ServerTiming);
        ProviderTiming.Add(other.ProviderTiming);
        PerEvent.Add(other.PerEvent);
        TotalLine.Add(other.TotalLine);
        EventLine.Add(other.EventLine);
        Requests += other.Requests;
        Ended += other.Ended;
        Events += other.Events;
        foreach (var (what, count) in other.Faults)
        {
            Faults[what] = Faults.GetValueOrDefault(what) + count;
        }
    }

    private static LongHistogram New() => new(LongestNanoseconds, Digits);

    private static void Record(LongHistogram histogram, long nanoseconds) =>
        histogram.RecordValue(Math.Clamp(nanoseconds, 0, LongestNanoseconds));
}
