using System.Runtime.InteropServices;

namespace Gateway.Benchmarks.Processes;

/// <summary>Two calls of the system that .NET has no name for: another process's CPU clock, and a sleep to an instant.</summary>
internal static class LinuxClock
{
    private const int Monotonic = 1;
    private const int UntilInstant = 1;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>CPU time of a process in nanoseconds, the threads that have ended included; -1 if it is gone.</summary>
    public static long CpuNanoseconds(int process) =>
        ReadClock(CpuClockOf(process), out var time) == 0 ? (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds : -1;

    /// <summary>Sleeps until an instant of the monotonic clock, in nanoseconds.</summary>
    public static void SleepUntil(long instant)
    {
        var time = new TimeSpec { Seconds = instant / NanosecondsPerSecond, Nanoseconds = instant % NanosecondsPerSecond };
        _ = Sleep(Monotonic, UntilInstant, ref time, 0);
    }

    // What clock_getcpuclockid(3) computes: the process id inverted above the number of the scheduler's clock.
    private static int CpuClockOf(int process) => (~process << 3) | 2;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ReadClock(int clock, out TimeSpec time);

    [DllImport("libc", EntryPoint = "clock_nanosleep")]
    private static extern int Sleep(int clock, int flags, ref TimeSpec time, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
