namespace Gateway.Core.Admission;

/// <summary>How loaded the process is, as its watch last saw it. Thread-safe.</summary>
public sealed class LoadState
{
    private int _rung;

    /// <summary>What is to be done about it.</summary>
    public LoadRung Rung
    {
        get => (LoadRung)Volatile.Read(ref _rung);
        set => Volatile.Write(ref _rung, (int)value);
    }
}
