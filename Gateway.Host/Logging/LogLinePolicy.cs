using Gateway.Core.Telemetry;
using Microsoft.Extensions.ObjectPool;

namespace Gateway.Host.Logging;

/// <summary>Makes lines in the wanted form, and keeps for reuse those that have not grown large.</summary>
/// <param name="form">How lines look.</param>
/// <param name="needsJson">They are wanted as JSON as well.</param>
internal sealed class LogLinePolicy(LogForm form, bool needsJson = false) : PooledObjectPolicy<LogLine>
{
    // An ordinary line fits four times; a rare giant shall not be hoarded.
    private const int LargestKept = 4 * 1024;

    /// <inheritdoc/>
    public override LogLine Create() => form switch
    {
        LogForm.Json => new JsonLogLine(),
        _ => new PlainLogLine(isColoured: form == LogForm.Coloured, needsJson),
    };

    /// <inheritdoc/>
    public override bool Return(LogLine line) => line.Capacity <= LargestKept;
}
