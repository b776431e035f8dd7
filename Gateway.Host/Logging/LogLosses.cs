namespace Gateway.Host.Logging;

/// <summary>How many lines were lost, and how many of them the log itself has told about.</summary>
internal sealed class LogLosses
{
    private long _total;
    private long _reported;

    /// <summary>Lines lost since the start. Any thread.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Lines lost that no written line tells about yet. Writer's thread only.</summary>
    public long Unreported => Total - _reported;

    /// <summary>Counts lost lines. Any thread.</summary>
    public void Add(long lines) => Interlocked.Add(ref _total, lines);

    /// <summary>A line about so many losses was written. Writer's thread only.</summary>
    public void Reported(long lines) => _reported += lines;
}
