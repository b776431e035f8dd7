using System.Runtime.InteropServices;

namespace Gateway.Http.Sockets;

/// <summary>A file that two processes write to for a while: the gateway and the one that takes over from it.</summary>
public static class SharedFile
{
    /// <summary>Has the kernel put each write at the end of the file, wherever the end is by then: the runtime writes to where it was when
    /// the file was opened. Linux only; elsewhere no two processes write.</summary>
    public static void AppendAlways(SafeHandle file)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = LinuxNative.AppendAlways((int)file.DangerousGetHandle());
        }
    }
}
