namespace Gateway.Core.Telemetry;

/// <summary>How much a line matters; a higher value matters more.</summary>
public enum LogLevel : byte
{
    /// <summary>For developers.</summary>
    Debug,

    /// <summary>Normal life, one access line per exchange included.</summary>
    Info,

    /// <summary>Something the operator may want to look at.</summary>
    Warning,

    /// <summary>Something the operator has to look at.</summary>
    Error,
}

/// <summary>Names of the levels, as configured and as logged.</summary>
public static class LogLevels
{
    /// <summary>The name in lines, as UTF-8.</summary>
    public static ReadOnlySpan<byte> Name(this LogLevel level) => level switch
    {
        LogLevel.Debug => "debug"u8,
        LogLevel.Info => "info"u8,
        LogLevel.Warning => "warning"u8,
        _ => "error"u8,
    };

    /// <summary>The level an operator named: trace (as much as debug), debug, info, warning (or warn) or error, in any case.</summary>
    public static bool TryParse(string? name, out LogLevel level)
    {
        (var known, level) = name?.ToLowerInvariant() switch
        {
            "trace" or "debug" => (true, LogLevel.Debug),
            "info" => (true, LogLevel.Info),
            "warning" or "warn" => (true, LogLevel.Warning),
            "error" => (true, LogLevel.Error),
            _ => (false, LogLevel.Info),
        };
        return known;
    }
}
