namespace Gateway.Http.Coding;

/// <summary>Undoes a coding while bytes arrive: a read gives whatever has become readable, and holds nothing back.</summary>
public static class DecodingStream
{
    /// <summary>A stream of the decoded bytes; a read of it throws <see cref="InvalidDataException"/> where the coded ones
    /// are not valid, cut off, or followed by something else. Not thread-safe.</summary>
    /// <param name="coded">The coded ones; disposed along. None at all are none decoded.</param>
    /// <param name="coding">Anything but <see cref="ContentCoding.Unsupported"/>.</param>
    public static Stream Open(Stream coded, ContentCoding coding) =>
        coding == ContentCoding.Identity ? coded : new StrictDecoder(coded, coding);
}
