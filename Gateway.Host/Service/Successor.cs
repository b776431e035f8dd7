using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Gateway.Host.Service;

/// <summary>The process that takes over: the same program with the same arguments, and the sockets of this one.</summary>
internal sealed class Successor : IDisposable
{
    /// <summary>The variable that names the pipe through which the successor says that it serves.</summary>
    public const string ReadyVariable = "GATEWAY_READY_FD";

    private readonly AnonymousPipeServerStream _ready = new(PipeDirection.In, HandleInheritability.Inheritable);
    private Process? _process;

    /// <summary>How this process was started, to start another the same way.</summary>
    public static ProcessStartInfo SameCommand()
    {
        var words = File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0');

        // As it was written, so that a link that points to a new version by now is followed anew.
        var isPath = words[0].Contains('/', StringComparison.Ordinal) && File.Exists(words[0]);
        return new ProcessStartInfo(isPath ? words[0] : Environment.ProcessPath!, words[1..]);
    }

    /// <summary>Starts it, and returns its process id.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="sockets">Listening sockets that started programs have; closed here once it has them.</param>
    public int Start(ProcessStartInfo command, IReadOnlyList<SafeHandle> sockets)
    {
        // Those of the service manager are for this process alone, the watchdog for whoever is the service.
        foreach (var name in (string[])["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "WATCHDOG_PID"])
        {
            command.Environment.Remove(name);
        }

        command.Environment[InheritedSockets.Variable] = string.Join(
            ',', sockets.Select(socket => socket.DangerousGetHandle().ToString(CultureInfo.InvariantCulture)));
        command.Environment[ReadyVariable] = _ready.GetClientHandleAsString();
        try
        {
            _process = Process.Start(command)!;
            return _process.Id;
        }
        finally
        {
            // Whoever still had the other end of the pipe would hide that the successor is gone.
            _ready.DisposeLocalCopyOfClientHandle();
            foreach (var socket in sockets)
            {
                socket.Dispose();
            }
        }
    }

    /// <summary>Tells the process before this one, if it waits, that it may leave.</summary>
    public static void TellPredecessor(Func<string, string?> environment)
    {
        if (environment(ReadyVariable) is not { Length: > 0 } handle)
        {
            return;
        }

        try
        {
            using var pipe = new AnonymousPipeClientStream(PipeDirection.Out, handle);
            pipe.WriteByte(1);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            // It left, or this is another process's child with an old environment.
        }
    }

    /// <summary>True once it serves; false if it ended before.</summary>
    /// <exception cref="TimeoutException">It did neither in time.</exception>
    public async Task<bool> ReadyAsync(TimeSpan longest, TimeProvider time) =>
        await _ready.ReadAsync(new byte[1]).AsTask().WaitAsync(longest, time).ConfigureAwait(false) == 1;

    /// <summary>Ends it at once.</summary>
    public void Kill() => _process?.Kill();

    public void Dispose()
    {
        _process?.Dispose();
        _ready.Dispose();
    }
}
