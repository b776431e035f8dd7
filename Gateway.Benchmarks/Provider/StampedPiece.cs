namespace Gateway.Benchmarks.Provider;

/// <summary>One delta of a stream, ready but for the time it is sent at: that goes between the two halves.</summary>
/// <param name="Before">From the event's first byte; ahead of the first delta of a block also the events that open it.</param>
/// <param name="After">To the event's last byte; behind the last delta of a block also the events that close it.</param>
internal sealed record StampedPiece(byte[] Before, byte[] After)
{
    /// <summary>Bytes with the stamp.</summary>
    public int Length => Before.Length + Stamp.Length + After.Length;

    /// <summary>Writes the piece with a time.</summary>
    public void Write(Span<byte> target, long nanoseconds)
    {
        Before.CopyTo(target);
        Stamp.Write(target[Before.Length..], nanoseconds);
        After.CopyTo(target[(Before.Length + Stamp.Length)..]);
    }
}
