namespace Gateway.Core.Admission;

/// <summary>How loaded the process is, as its watch last saw it. Thread-safe.</summary>
public sealed class LoadState
{
    private int _rung;
    private int _inFlight;

    /// <summary>What is to be done about it.</summary>
    public LoadRung Rung
    {
        get => (LoadRung)Volatile.Read(ref _rung);
        set => Volatile.Write(ref _rung, (int)value);
    }

    /// <summary>Takes a place among so many requests at a time, over all threads; a yes must be given back by <see cref="Leave"/>.</summary>
    public bool TryEnter(int most) => Places.TryTake(ref _inFlight, most);

    /// <summary>Gives the place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);
}
