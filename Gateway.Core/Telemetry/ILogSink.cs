namespace Gateway.Core.Telemetry;

/// <summary>Where lines go: the seam between what is told and the process that tells it.</summary>
/// <remarks>Thread-safe. No call ever waits for the output, and none throws.</remarks>
public interface ILogSink
{
    /// <summary>Lines below this level are not wanted; may be changed at any time.</summary>
    public LogLevel Minimum { get; set; }

    /// <summary>Opens a line, which belongs to the caller until he posts it, as he must.</summary>
    /// <param name="level">Weight of the line.</param>
    /// <param name="name">ASCII name of the event, such as <c>listening</c>.</param>
    /// <returns>The line, or null if lines of this weight are not wanted.</returns>
    public LogLine? Open(LogLevel level, ReadOnlySpan<byte> name);

    /// <summary>Ends the line and hands it over. What the output cannot keep up with is dropped and counted.</summary>
    /// <param name="line">From <see cref="Open"/>; null does nothing.</param>
    public void Post(LogLine? line);
}
