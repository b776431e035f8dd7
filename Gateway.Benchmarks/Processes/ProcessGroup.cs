using System.Globalization;

namespace Gateway.Benchmarks.Processes;

/// <summary>A process and its children, as one thing that costs CPU and memory.</summary>
internal sealed class ProcessGroup(int root)
{
    /// <summary>CPU time so far in nanoseconds.</summary>
    public long CpuNanoseconds() => Members().Sum(static process => Math.Max(0, LinuxClock.CpuNanoseconds(process)));

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes() => Members().Sum(ResidentBytes);

    /// <summary>Their numbers.</summary>
    public List<int> Members()
    {
        var members = new List<int> { root };
        for (var i = 0; i < members.Count; i++)
        {
            members.AddRange(ChildrenOf(members[i]));
        }

        return members;
    }

    private static long ResidentBytes(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static IEnumerable<int> ChildrenOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/task/{process}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static text => int.Parse(text, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return [];
        }
    }
}
