using System.Net;

namespace Gateway.Core.Configuration;

/// <summary>Reads <c>claude_gateway</c>.</summary>
internal static class ListenerReader
{
    private const int Day = 86_400;

    public static ListenerConfig Read(ConfigObject json)
    {
        var fallback = new ListenerConfig();
        var config = new ListenerConfig
        {
            BindAddress = ReadAddress(json, fallback.BindAddress),
            Port = json.Number("port", fallback.Port, 0, 65_535),
            LogLevel = json.Word("log_level", fallback.LogLevel, "trace", "debug", "info", "warn", "error"),
            RequestLogging = json.Flag("request_logging", fallback.RequestLogging),
            MaxRequestSizeMb = json.Number("max_request_size_mb", fallback.MaxRequestSizeMb, 1, 1024),
            RequestTimeoutSeconds = json.Number("request_timeout_seconds", fallback.RequestTimeoutSeconds, 1, Day),
            Transport = json.Word("transport", fallback.Transport, "auto", "epoll", "sockets"),
            Reactors = json.Number("reactors", fallback.Reactors, 0, 1024),
            MaxHeadKb = json.Number("max_head_kb", fallback.MaxHeadKb, 1, 1024),
            MaxHeaderCount = json.Number("max_header_count", fallback.MaxHeaderCount, 8, 10_000),
            HeadTimeoutSeconds = json.Number("head_timeout_seconds", fallback.HeadTimeoutSeconds, 1, Day),
            MinBodyBytesPerSecond = json.Number("min_body_bytes_per_second", fallback.MinBodyBytesPerSecond, 0, 1_000_000),
            MinBodyGraceSeconds = json.Number("min_body_grace_seconds", fallback.MinBodyGraceSeconds, 1, Day),
            KeepAliveSeconds = json.Number("keep_alive_seconds", fallback.KeepAliveSeconds, 1, Day),
            WriteStallSeconds = json.Number("write_stall_seconds", fallback.WriteStallSeconds, 1, Day),
            MaxConnections = json.Number("max_connections", fallback.MaxConnections, 1, 1_000_000),
            DrainSeconds = json.Number("drain_seconds", fallback.DrainSeconds, 0, Day),
        };
        json.RefuseUnknown();
        return config;
    }

    // Nobody may spend the operator's keys from another machine: there are no client keys that could stop them.
    private static IPAddress ReadAddress(ConfigObject json, IPAddress fallback)
    {
        var text = json.Text("bind_address", fallback.ToString())!;
        if (!IPAddress.TryParse(text == "localhost" ? "127.0.0.1" : text, out var address))
        {
            json.Report("bind_address", $"\"{text}\"", "an IP address, such as 127.0.0.1 or ::1");
            return fallback;
        }

        if (!IPAddress.IsLoopback(address))
        {
            json.Report("bind_address", $"\"{text}\", which other machines can reach", "a loopback address: without client keys anyone could spend the providers' keys");
        }

        return address;
    }
}
