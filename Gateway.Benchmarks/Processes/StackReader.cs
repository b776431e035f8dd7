using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Processes;

/// <summary>Reads stacks as <c>perf script</c> writes them, the innermost frame first, and counts them by area.</summary>
/// <remarks>
/// The kernel's work counts for the system call that asked for it. What the C library or the runtime does counts for the part of the
/// gateway that called it; other libraries stand for themselves, and so do the programs of others.
/// </remarks>
internal static partial class StackReader
{
    private const string Kernel = "kernel: ";

    /// <summary>The share of each area, the greatest first.</summary>
    public static IReadOnlyList<CpuShare> Read(TextReader script)
    {
        var counts = new Dictionary<string, int>();
        var stack = new List<Frame>();
        string? line;
        do
        {
            line = script.ReadLine();
            if (!string.IsNullOrWhiteSpace(line))
            {
                stack.AddRange(FrameOf(line));
            }
            else if (stack.Count > 0)
            {
                var area = AreaOf(stack);
                counts[area] = counts.GetValueOrDefault(area) + 1;
                stack.Clear();
            }
        }
        while (line is not null);

        double all = counts.Values.Sum();
        return [.. counts.Select(pair => new CpuShare(pair.Key, pair.Value / all)).OrderByDescending(static one => one.Share).ThenBy(static one => one.Area, StringComparer.Ordinal)];
    }

    private static IEnumerable<Frame> FrameOf(string line) =>
        Line().Match(line) is { Success: true } match
            ? [new Frame(match.Groups["address"].Value, match.Groups["symbol"].Value, Path.GetFileName(match.Groups["image"].Value))]
            : [];

    private static string AreaOf(List<Frame> stack) => stack[0].IsKernel ? KernelArea(stack) : UserArea(stack);

    private static string KernelArea(List<Frame> stack)
    {
        var frames = stack.TakeWhile(static frame => frame.IsKernel).Reverse().ToArray();
        var call = frames.Select(static frame => SystemCall().Match(frame.Symbol)).FirstOrDefault(static match => match.Success);
        return call is not null ? Kernel + call.Groups["name"].Value
            : frames.Any(static frame => Scheduling().IsMatch(frame.Symbol)) ? Kernel + "switching to others"
            : Kernel + (frames[0].Symbol.Contains("SYSCALL", StringComparison.OrdinalIgnoreCase) ? "entering calls" : "interrupts");
    }

    private static string UserArea(List<Frame> stack)
    {
        var image = stack[0].Image;
        var isOfNobody = image.StartsWith("libc.", StringComparison.Ordinal) || image.StartsWith('[');
        var own = stack.Select(static frame => Component().Match(frame.Symbol)).FirstOrDefault(static match => match.Success);
        return own is not null && (isOfNobody || stack.Any(frame => frame.Image == image && Component().IsMatch(frame.Symbol)))
            ? $"Gateway.{own.Groups["project"].Value}/{own.Groups["folder"].Value}"
            : LibraryVersion().Replace(image, "");
    }

    // "    7f12 name (/path/of/the image)"
    [GeneratedRegex(@"^\s*(?<address>[0-9a-f]+) (?<symbol>.*) \((?<image>[^()]*)\)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    // The kernel names what serves a call after it, in front of it what kind of function it is.
    [GeneratedRegex(@"^(__x64_sys_|__arm64_sys_|__(do|se)_sys_|ksys_|_*sys_|do_(?=(readv|writev|epoll_wait|fsync)$))(?<name>\w+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex SystemCall();

    [GeneratedRegex("^(_*schedule|exit_to_user_mode_loop|irqentry_exit_to_user_mode)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Scheduling();

    // As the native compiler writes Gateway.Http.Sockets.EpollConnection in Gateway.Http.dll; and the same of claude-gateway.dll.
    [GeneratedRegex("^(Gateway_Core|Gateway_Http|claude_gateway)_Gateway_(?<project>Core|Http|Host)_(?<folder>[A-Za-z0-9]+)_", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Component();

    [GeneratedRegex(@"\.so(\.\d+)*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LibraryVersion();

    private readonly record struct Frame(string Address, string Symbol, string Image)
    {
        // The upper half of the addresses is the kernel's.
        public bool IsKernel => ulong.TryParse(Address, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var address) && address >> 63 != 0;
    }
}
