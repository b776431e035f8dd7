using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Host.Service;

/// <summary>Tells the service manager how the process is, by datagrams to NOTIFY_SOCKET: sd_notify(3).</summary>
/// <remarks>Thread-safe. Without a service manager nothing is said, and what can't be delivered is nobody's concern.</remarks>
internal sealed class ServiceNotifier : IDisposable
{
    private const int LongestPath = 107;
    private const int SendTimeoutMs = 1_000;

    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _manager;
    private readonly TimeProvider _time;

    /// <summary>Speaks to the socket that the environment names, if it does.</summary>
    /// <param name="environment">Looks a variable up.</param>
    /// <param name="time">The clock; the service manager wants to know when a reload began.</param>
    public ServiceNotifier(Func<string, string?> environment, TimeProvider time)
    {
        _time = time;
        if (AddressOf(environment("NOTIFY_SOCKET")) is { } address)
        {
            _manager = new UnixDomainSocketEndPoint(address);
            _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = SendTimeoutMs };
        }
    }

    /// <summary>Somebody listens to what is said.</summary>
    public bool HasManager => _socket is not null;

    /// <summary>Start-up, or a reload, is complete.</summary>
    /// <param name="status">One line for <c>systemctl status</c>.</param>
    public void Ready(string status) => Send($"READY=1\nSTATUS={OneLine(status)}");

    /// <summary>A reload begins; <see cref="Ready"/> ends it.</summary>
    public void Reloading() => Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={MonotonicMicroseconds}"));

    /// <summary>The end begins.</summary>
    /// <param name="status">Why, in one line.</param>
    public void Stopping(string status) => Send($"STOPPING=1\nSTATUS={OneLine(status)}");

    /// <summary>Says what goes on, in one line.</summary>
    public void Status(string status) => Send($"STATUS={OneLine(status)}");

    /// <summary>The process is well: feeds the watchdog.</summary>
    public void Alive() => Send("WATCHDOG=1");

    /// <summary>Another process is the service from here on.</summary>
    public void MainProcess(int id) => Send(string.Create(CultureInfo.InvariantCulture, $"MAINPID={id}"));

    public void Dispose() => _socket?.Dispose();

    // On Linux the ticks are those of CLOCK_MONOTONIC, which the service manager reads too.
    private long MonotonicMicroseconds => (long)(_time.GetTimestamp() * (1_000_000.0 / _time.TimestampFrequency));

    // A leading @ stands for the zero byte of an abstract name: unix(7).
    private static string? AddressOf(string? name) => name switch
    {
        ['/', ..] when name.Length <= LongestPath => name,
        ['@', _, ..] when name.Length <= LongestPath => "\0" + name[1..],
        _ => null,
    };

    // A line break would begin another assignment.
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void Send(string message)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(message), _manager!);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The service manager went away, or we do.
        }
    }
}
