namespace Gateway.Benchmarks.Load;

/// <summary>Counts the events of a stream that comes in any pieces, by the empty lines that end them; those without a stamp, too.</summary>
internal struct EventEnds
{
    private bool _isAfterLine;

    /// <summary>Events that ended.</summary>
    public long Count { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_isAfterLine && bytes[0] == '\n')
            {
                Count++;
            }

            var line = bytes.IndexOf((byte)'\n');
            _isAfterLine = line >= 0;
            bytes = line < 0 ? default : bytes[(line + 1)..];
        }
    }
}
