using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of the listener about what is written down.</summary>
internal static class LogFields
{
    public static ConfigTable<ListenerConfig> Table { get; } = new()
    {
        { "log_level", OneOf("trace", "debug", "info", "warn", "error"), c => c.LogLevel, (c, v) => c with { LogLevel = v },
            "Least weight of log lines." },
        { "request_logging", Flag, c => c.RequestLogging, (c, v) => c with { RequestLogging = v },
            "One log line for each exchange." },
        { "summary_line", Flag, c => c.SummaryLine, (c, v) => c with { SummaryLine = v },
            "One log line every 30 seconds about what was done in them, if anything was." },
        { "usage_ledger", Flag, c => c.UsageLedger, (c, v) => c with { UsageLedger = v },
            "Write tokens and cost of each exchange to `usage-DAY.jsonl` in the state directory." },
    };
}
