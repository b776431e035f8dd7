namespace Gateway.Benchmarks.Results;

/// <summary>Where a part of the CPU time goes.</summary>
/// <param name="Area">A part of the gateway, a library, a program of others, or a system call of the kernel.</param>
/// <param name="Share">Of all CPU time of whoever is measured, 0 to 1.</param>
internal sealed record CpuShare(string Area, double Share);
