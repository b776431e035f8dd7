namespace Gateway.Core.Telemetry;

/// <summary>What is counted since the start.</summary>
public enum Counter
{
    /// <summary>Finished exchanges.</summary>
    Requests,

    /// <summary>Exchanges whose whole answer was delivered.</summary>
    Successes,

    /// <summary>Exchanges refused because of what the client asked.</summary>
    ClientFaults,

    /// <summary>Exchanges the client left.</summary>
    ClientAborts,

    /// <summary>Those that it left before a provider was asked.</summary>
    AbortsOfRequest,

    /// <summary>Those that it left while it waited for an answer.</summary>
    AbortsWaiting,

    /// <summary>Those that it left in the midst of the answer.</summary>
    AbortsOfAnswer,

    /// <summary>Exchanges no provider could serve.</summary>
    ProviderFaults,

    /// <summary>Exchanges the gateway spoiled.</summary>
    GatewayFaults,

    /// <summary>Attempts beyond an exchange's first.</summary>
    Retries,

    /// <summary>Client connections accepted.</summary>
    ConnectionsOpened,

    /// <summary>Client connections closed; opened less closed are open now.</summary>
    ConnectionsClosed,

    /// <summary>Body bytes received from clients.</summary>
    BytesIn,

    /// <summary>Body bytes sent to clients.</summary>
    BytesOut,

    /// <summary>Tokens read by models, without those of the prompt cache.</summary>
    InputTokens,

    /// <summary>Tokens written by models.</summary>
    OutputTokens,

    /// <summary>Tokens read from prompt caches.</summary>
    CacheReadTokens,

    /// <summary>Tokens written to prompt caches.</summary>
    CacheCreationTokens,

    /// <summary>Cached tokens that moving a conversation to another provider lost.</summary>
    CacheLostTokens,

    /// <summary>Microseconds that all exchanges took together.</summary>
    TotalMicroseconds,

    /// <summary>Exchanges begun; less the finished ones they are under way.</summary>
    Begun,

    /// <summary>Requests for a stream that providers were asked for; less the ended ones they are under way.</summary>
    StreamsBegun,

    /// <summary>Those of them that have ended.</summary>
    StreamsEnded,

    /// <summary>Answers whose bill was closed by the provider.</summary>
    UsageFinal,

    /// <summary>Answers of which only the opening figures came.</summary>
    UsagePartial,

    /// <summary>Answers that were cut off, and whose output was estimated by what had come until then.</summary>
    UsageEstimated,
}

/// <summary>All counters: each reactor writes cells of its own, a reader sums them up.</summary>
/// <remarks>Thread-safe for reading at any time; the sums are of different moments, so they agree only roughly.</remarks>
public sealed class GatewayCounters
{
    private readonly CounterCells[] _cells;

    /// <summary>Counters at zero.</summary>
    /// <param name="writers">Threads that count: one set of cells each, from 1.</param>
    public GatewayCounters(int writers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(writers, 1);
        _cells = new CounterCells[writers];
        for (var writer = 0; writer < writers; writer++)
        {
            _cells[writer] = new CounterCells();
        }
    }

    /// <summary>Threads that count.</summary>
    public int Writers => _cells.Length;

    /// <summary>Client connections that are open now.</summary>
    public long ConnectionsOpen => Math.Max(0, Total(Counter.ConnectionsOpened) - Total(Counter.ConnectionsClosed));

    /// <summary>Exchanges under way.</summary>
    public long InFlight => Math.Max(0, Total(Counter.Begun) - Total(Counter.Requests));

    /// <summary>Streams under way.</summary>
    public long StreamsInFlight => Math.Max(0, Total(Counter.StreamsBegun) - Total(Counter.StreamsEnded));

    /// <summary>The cells of one writer.</summary>
    /// <param name="writer">From 0.</param>
    public CounterCells CellsOf(int writer) => _cells[writer];

    /// <summary>Sum of a counter over all writers.</summary>
    public long Total(Counter counter)
    {
        long total = 0;
        foreach (var cells in _cells)
        {
            total += cells.Read(counter);
        }

        return total;
    }
}
