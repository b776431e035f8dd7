using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Gateway.Benchmarks.Results;

/// <summary>What a figure can't be read without.</summary>
internal sealed record Machine
{
    /// <summary>Model of the processor.</summary>
    public required string Processor { get; init; }

    /// <summary>Cores that may be used.</summary>
    public required int Cores { get; init; }

    /// <summary>Memory in megabytes.</summary>
    public required long MemoryMegabytes { get; init; }

    /// <summary>System and kernel.</summary>
    public required string System { get; init; }

    /// <summary>What runs this tool.</summary>
    public required string Runtime { get; init; }

    /// <summary>Load average of the last minute when the run began: others on the machine.</summary>
    public required double LoadBefore { get; init; }

    /// <summary>This machine, now.</summary>
    public static Machine Current() => new()
    {
        Processor = FieldOf("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Cores = Environment.ProcessorCount,
        MemoryMegabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_000_000,
        System = $"{RuntimeInformation.OSDescription}, kernel {Environment.OSVersion.Version}",
        Runtime = RuntimeInformation.FrameworkDescription,
        LoadBefore = LoadAverage(),
    };

    /// <summary>What <see cref="IsLike"/> looks at, in words.</summary>
    [JsonIgnore]
    public string Named => $"{Cores} cores of {Processor}, {System}, {Runtime}";

    /// <summary>Times of the two can be compared.</summary>
    public bool IsLike(Machine other) =>
        (Processor, Cores, System, Runtime) == (other.Processor, other.Cores, other.System, other.Runtime);

    private static string? FieldOf(string file, string name) => !File.Exists(file) ? null :
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();

    private static double LoadAverage() => !File.Exists("/proc/loadavg") ? 0 :
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
