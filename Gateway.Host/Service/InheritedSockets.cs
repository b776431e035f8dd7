using System.Globalization;
using System.Net.Sockets;
using Gateway.Http.Sockets;

namespace Gateway.Host.Service;

/// <summary>Listening sockets that were open before the process began, so that no connection is lost while it is replaced.</summary>
/// <remarks>From the service manager by sd_listen_fds(3), or from the gateway before this one by <see cref="Variable"/>.</remarks>
internal static class InheritedSockets
{
    /// <summary>The variable by which one gateway hands its sockets to the next: their descriptors, with commas between.</summary>
    /// <remarks>LISTEN_FDS would do but for LISTEN_PID, which only who forks by himself can know in time.</remarks>
    public const string Variable = "GATEWAY_LISTEN_FDS";

    private const int FirstDescriptor = 3;
    private const int Most = 1024;

    /// <summary>Takes what was given, once; empty where nothing was.</summary>
    /// <param name="environment">Looks a variable up.</param>
    /// <param name="processId">This process: what is meant for another stays untouched.</param>
    /// <exception cref="InheritedSocketException">What was given is no listening socket.</exception>
    public static IReadOnlyList<Socket> Take(Func<string, string?> environment, int processId)
    {
        var names = (environment("LISTEN_FDNAMES") ?? "").Split(':');
        var sockets = new List<Socket>();
        try
        {
            foreach (var (index, descriptor) in DescriptorsOf(environment, processId).Index())
            {
                sockets.Add(ListeningSocket.Take(descriptor) ?? throw new InheritedSocketException(
                    $"descriptor {descriptor}{Named(names.ElementAtOrDefault(index))} was handed over, and is no listening socket"));
            }
        }
        catch
        {
            sockets.ForEach(static socket => socket.Dispose());
            throw;
        }

        return sockets;
    }

    private static IEnumerable<int> DescriptorsOf(Func<string, string?> environment, int processId)
    {
        if (environment(Variable) is { Length: > 0 } handed)
        {
            return handed.Split(',').Select(text => Number(text) ?? throw new InheritedSocketException($"{Variable}: '{text}' is no descriptor"));
        }

        var isForUs = Number(environment("LISTEN_PID")) == processId;
        return isForUs && Number(environment("LISTEN_FDS")) is { } count and <= Most ? Enumerable.Range(FirstDescriptor, count) : [];
    }

    private static string Named(string? name) => string.IsNullOrEmpty(name) ? "" : $" ({name})";

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
