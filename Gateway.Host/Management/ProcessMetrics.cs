using System.Globalization;

namespace Gateway.Host.Management;

/// <summary>What the process uses of the machine, by the names that every Prometheus client library has.</summary>
internal static class ProcessMetrics
{
    /// <summary>Adds them to a scrape.</summary>
    public static void Write(IMetricsOutput text)
    {
        text.Single("process_cpu_seconds_total", "counter", "CPU time, user and system.", Environment.CpuUsage.TotalTime.TotalSeconds);
        text.Single("process_resident_memory_bytes", "gauge", "Memory in RAM.", Environment.WorkingSet);
        if (OpenFiles() is { } files)
        {
            text.Single("process_open_fds", "gauge", "Open file descriptors.", files);
        }

        text.Single("dotnet_gc_heap_bytes", "gauge", "Bytes on the managed heap.", GC.GetTotalMemory(forceFullCollection: false));
        text.Single("dotnet_gc_allocated_bytes_total", "counter", "Bytes allocated on the managed heap.", GC.GetTotalAllocatedBytes());
        text.Begin("dotnet_gc_collections_total", "counter", "Garbage collections.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Sample("dotnet_gc_collections_total", string.Create(CultureInfo.InvariantCulture, $"generation=\"{generation}\""), GC.CollectionCount(generation));
        }
    }

    private static int? OpenFiles()
    {
        try
        {
            return Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
