namespace Gateway.Host.Logging;

/// <summary>A disk took the first of the lines it was given, and then no more: they must not be written again.</summary>
/// <param name="taken">Bytes that are written; whole lines.</param>
/// <param name="cause">What the disk said.</param>
internal sealed class PartlyWrittenException(int taken, Exception cause) : IOException(cause.Message, cause)
{
    /// <summary>Bytes that are written; whole lines.</summary>
    public int Taken { get; } = taken;
}
