namespace Gateway.Tests.Architecture;

/// <summary>Which folder may use which: the law, one row a folder. A row uses only rows above it, so no cycle can be.
/// </summary>
internal static class DependencyTable
{
    /// <summary>The rows. A project's name stands for all its folders above the row.</summary>
    public static IReadOnlyList<(string Folder, string[] Uses)> Rows { get; } =
    [
        // Decisions: bytes and values in, verdicts out.
        ("Gateway.Core/Randomness", []),
        ("Gateway.Core/Schema", []),
        ("Gateway.Core/Errors", []),
        ("Gateway.Core/Translation", ["Gateway.Core/Errors"]),
        ("Gateway.Core/Configuration", ["Gateway.Core/Schema", "Gateway.Core/Translation"]),
        ("Gateway.Core/Telemetry", ["Gateway.Core/Randomness"]),
        ("Gateway.Core/Analysis", []),
        ("Gateway.Core/Failover", ["Gateway.Core/Errors"]),
        ("Gateway.Core/Relay", ["Gateway.Core/Telemetry", "Gateway.Core/Analysis"]),
        ("Gateway.Core/Synthetic", ["Gateway.Core/Errors"]),
        ("Gateway.Core/Compatibility", ["Gateway.Core/Translation", "Gateway.Core/Analysis"]),
        ("Gateway.Core/Health", ["Gateway.Core/Compatibility"]),
        ("Gateway.Core/Admission", ["Gateway.Core/Configuration", "Gateway.Core/Telemetry"]),
        ("Gateway.Core/Providers", ["Gateway.Core/Admission", "Gateway.Core/Configuration", "Gateway.Core/Analysis", "Gateway.Core/Health", "Gateway.Core/Translation"]),
        ("Gateway.Core/Routing", ["Gateway.Core/Configuration", "Gateway.Core/Analysis", "Gateway.Core/Providers"]),
        ("Gateway.Core/Selection", ["Gateway.Core/Randomness", "Gateway.Core/Admission", "Gateway.Core/Configuration", "Gateway.Core/Analysis", "Gateway.Core/Health", "Gateway.Core/Providers", "Gateway.Core/Routing"]),
        ("Gateway.Core/Snapshot", ["Gateway.Core/Admission", "Gateway.Core/Compatibility", "Gateway.Core/Configuration", "Gateway.Core/Failover", "Gateway.Core/Providers", "Gateway.Core/Routing", "Gateway.Core/Selection"]),

        // Bytes: an engine that knows nothing of Core, and the one folder where they meet decisions.
        ("Gateway.Http/Wire", []),
        ("Gateway.Http/Sockets", []),
        ("Gateway.Http/Coding", []),
        ("Gateway.Http/Body", ["Gateway.Http/Wire", "Gateway.Http/Sockets"]),
        ("Gateway.Http/Server", ["Gateway.Http/Wire", "Gateway.Http/Sockets", "Gateway.Http/Body"]),
        ("Gateway.Http/Upstream", ["Gateway.Http/Wire", "Gateway.Http/Sockets", "Gateway.Http/Body"]),
        ("Gateway.Http/Proxying", ["Gateway.Core", "Gateway.Http"]),

        // The process.
        ("Gateway.Host/Logging", ["Gateway.Core/Telemetry"]),
        ("Gateway.Host/Lifetime", ["Gateway.Core/Admission", "Gateway.Core/Configuration", "Gateway.Core/Health", "Gateway.Core/Providers", "Gateway.Core/Snapshot", "Gateway.Core/Telemetry", "Gateway.Http/Server", "Gateway.Http/Sockets"]),
        ("Gateway.Host/Service", ["Gateway.Core/Telemetry", "Gateway.Http/Sockets"]),
        ("Gateway.Host/Ledger", ["Gateway.Core/Admission", "Gateway.Core/Telemetry", "Gateway.Host/Logging"]),
        ("Gateway.Host/Capture", ["Gateway.Core/Telemetry", "Gateway.Host/Logging"]),
        ("Gateway.Host/Management", ["Gateway.Core", "Gateway.Http", "Gateway.Host/Lifetime"]),
        ("Gateway.Host/Export", ["Gateway.Core/Configuration", "Gateway.Core/Telemetry", "Gateway.Host/Lifetime", "Gateway.Host/Management"]),
        ("Gateway.Host/Composition", ["Gateway.Core", "Gateway.Http", "Gateway.Host"]),
        ("Gateway.Host/Import", ["Gateway.Core/Configuration"]),
        ("Gateway.Host/Doctor", ["Gateway.Core/Schema", "Gateway.Core/Configuration", "Gateway.Http/Sockets", "Gateway.Http/Upstream"]),
        ("Gateway.Host/Bench", ["Gateway.Core/Schema", "Gateway.Core/Configuration", "Gateway.Core/Snapshot", "Gateway.Core/Telemetry", "Gateway.Host/Doctor"]),
        ("Gateway.Host/Cli", ["Gateway.Core/Schema", "Gateway.Core/Admission", "Gateway.Core/Configuration", "Gateway.Host/Logging", "Gateway.Host/Lifetime", "Gateway.Host/Service", "Gateway.Host/Ledger", "Gateway.Host/Composition", "Gateway.Host/Import", "Gateway.Host/Doctor", "Gateway.Host/Bench"]),
    ];

    /// <summary>What may be used from a row below, and nothing else: Composition is told what the command line says.
    /// </summary>
    public static IReadOnlyList<(string Folder, string Type)> Exceptions { get; } =
    [
        ("Gateway.Host/Composition", "Gateway.Host/Cli"),
    ];

    /// <summary>Whether one folder may name the other.</summary>
    public static bool Allows(string folder, string used) =>
        folder == used
        || Exceptions.Contains((folder, used))
        || Rows.Any(row => row.Folder == folder && row.Uses.Any(allowed => Covers(allowed, used)));

    /// <summary>Whether a use, a folder or a whole project, means that folder.</summary>
    public static bool Covers(string use, string folder) =>
        use == folder || folder.StartsWith(use + "/", StringComparison.Ordinal);
}
