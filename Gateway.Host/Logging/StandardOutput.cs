using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Host.Logging;

/// <summary>Opens standard output in the way that tells of every failure.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Standard output lives as long as the process.")]
public static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>Standard output, for the process's life. Writing may throw, opening never does.</summary>
    /// <remarks>The console's own stream silently swallows what is written to a pipe whose reader is gone, so a pipe
    /// is written as the file it is. A regular file is left to the console: a file stream would keep a position of
    /// its own there and write over what others append or truncate.</remarks>
    public static Stream Open()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected && OpenPipe() is { } pipe)
        {
            return pipe;
        }

        return Console.OpenStandardOutput();
    }

    private static FileStream? OpenPipe()
    {
        try
        {
            var handle = new SafeFileHandle(Descriptor, ownsHandle: false);
            var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? null : stream;
        }
        catch (Exception)
        {
            return null; // closed: the console's stream will say so on each write
        }
    }
}
