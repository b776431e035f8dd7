using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of <c>claude_gateway</c>.</summary>
internal static class ListenerFields
{
    public static ConfigTable<ListenerConfig> Table { get; } = new()
    {
        { "bind_address", Address, c => c.BindAddress, (c, v) => c with { BindAddress = v! },
            "Address to listen on. One that other machines can reach needs `clients`." },
        { "port", Number(0, 65_535), c => c.Port, (c, v) => c with { Port = v },
            "TCP port to listen on; 0 takes any free one." },
        { OtherListenerFields.Table },
        { LogFields.Table },
        { "max_request_size_mb", Number(1, 1024), c => c.MaxRequestSizeMb, (c, v) => c with { MaxRequestSizeMb = v },
            "Largest request body in MiB, after decoding too; 413 above it." },
        { "request_timeout_seconds", Seconds(1), c => c.RequestTimeoutSeconds, (c, v) => c with { RequestTimeoutSeconds = v },
            "Longest exchange, its answer included." },
        { "transport", OneOf("auto", "epoll", "sockets"), c => c.Transport, (c, v) => c with { Transport = v },
            "How to talk to the kernel: `epoll` is the gateway's own on Linux, `sockets` is .NET's and runs everywhere." },
        { "reactors", Number(0, 1024), c => c.Reactors, (c, v) => c with { Reactors = v },
            "Threads that serve; 0 for one per core." },
        { "max_head_kb", Number(1, 1024), c => c.MaxHeadKb, (c, v) => c with { MaxHeadKb = v },
            "Longest request head in KiB; 431 above it." },
        { "max_header_count", Number(8, 10_000), c => c.MaxHeaderCount, (c, v) => c with { MaxHeaderCount = v },
            "Most header fields of a request; 431 above it." },
        { "head_timeout_seconds", Seconds(1), c => c.HeadTimeoutSeconds, (c, v) => c with { HeadTimeoutSeconds = v },
            "A request head must be complete so long after its first byte." },
        { "min_body_bytes_per_second", Number(0, 1_000_000), c => c.MinBodyBytesPerSecond, (c, v) => c with { MinBodyBytesPerSecond = v },
            "Least speed of a request body; 0 for any." },
        { "min_body_grace_seconds", Seconds(1), c => c.MinBodyGraceSeconds, (c, v) => c with { MinBodyGraceSeconds = v },
            "How long a request body may be slower than that." },
        { "keep_alive_seconds", Seconds(1), c => c.KeepAliveSeconds, (c, v) => c with { KeepAliveSeconds = v },
            "A connection without a request is closed after this." },
        { "write_stall_seconds", Seconds(1), c => c.WriteStallSeconds, (c, v) => c with { WriteStallSeconds = v },
            "A client that takes no byte of its answer for so long is cut off." },
        { "max_connections", Number(1, 1_000_000), c => c.MaxConnections, (c, v) => c with { MaxConnections = v },
            "Client connections at a time." },
        { "max_in_flight", Number(1, 1_000_000), c => c.MaxInFlight, (c, v) => c with { MaxInFlight = v },
            "Requests at a time, over all clients; more get 529 and try again." },
        { AccessFields.Table },
        { FailoverFields.Table },
        { "drain_seconds", Seconds(0), c => c.DrainSeconds, (c, v) => c with { DrainSeconds = v },
            "How long running exchanges may go on after a signal to stop." },
    };
}
