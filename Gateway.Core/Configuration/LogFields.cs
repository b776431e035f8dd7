using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of the listener about what is written down.</summary>
internal static class LogFields
{
    public static ConfigTable<LogFileConfig> File { get; } = new()
    {
        { "path", FilePath, c => c.Path, (c, v) => c with { Path = v },
            "File that gets every log line as JSON, besides standard output. Opened again at each reload." },
        { "max_size_mb", Number(1, 100_000), c => c.MaxSizeMb, (c, v) => c with { MaxSizeMb = v },
            "MiB after which it is renamed to `PATH.1` and begins anew." },
        { "keep", Number(1, 1000), c => c.Keep, (c, v) => c with { Keep = v },
            "Renamed files that are kept: `PATH.1` is the latest." },
    };

    public static ConfigTable<CaptureConfig> Capture { get; } = new()
    {
        { "file", FilePath, c => c.File, (c, v) => c with { File = v },
            "File that gets a line for each message: sizes, shapes and times, to be played again by a benchmark." },
        { "bodies", Flag, c => c.Bodies, (c, v) => c with { Bodies = v },
            "Write down what was said, too, up to 1 MiB of each body." },
        { "max_size_mb", Number(1, 100_000), c => c.MaxSizeMb, (c, v) => c with { MaxSizeMb = v },
            "MiB after which it is renamed to `FILE.1` and begins anew." },
    };

    public static ConfigTable<ListenerConfig> Table { get; } = new()
    {
        { "log_level", OneOf("trace", "debug", "info", "warn", "error"), c => c.LogLevel, (c, v) => c with { LogLevel = v },
            "Least weight of log lines." },
        { "request_logging", Flag, c => c.RequestLogging, (c, v) => c with { RequestLogging = v },
            "One log line for each exchange." },
        { "log_file", File, c => c.LogFile, (c, v) => c with { LogFile = v },
            "A file that log lines go to besides standard output." },
        { "capture", Capture, c => c.Capture, (c, v) => c with { Capture = v },
            "A file that traffic is recorded in." },
        { "summary_line", Flag, c => c.SummaryLine, (c, v) => c with { SummaryLine = v },
            "One log line every 30 seconds about what was done in them, if anything was." },
        { "usage_ledger", Flag, c => c.UsageLedger, (c, v) => c with { UsageLedger = v },
            "Write tokens and cost of each exchange to `usage-DAY.jsonl` in the state directory." },
    };
}
