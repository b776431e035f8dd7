namespace Gateway.Benchmarks.Load;

/// <summary>When requests are to be sent, whether or not the answers keep up.</summary>
internal interface IArrivalSchedule
{
    /// <summary>When the request of that number is to be sent; counted from 0. Beyond the last: never.</summary>
    public long InstantOf(long number);

    /// <summary>Number of the first request after an instant.</summary>
    public long FirstAfter(long instant);
}
