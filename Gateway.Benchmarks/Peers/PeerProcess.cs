using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gateway.Benchmarks.Processes;

namespace Gateway.Benchmarks.Peers;

/// <summary>A peer that runs.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly KeptProcess _process;
    private readonly DirectoryInfo _folder;

    private PeerProcess(KeptProcess process, DirectoryInfo folder, IPEndPoint endPoint)
    {
        _process = process;
        _folder = folder;
        EndPoint = endPoint;
        Group = new ProcessGroup(process.Id);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it costs.</summary>
    public ProcessGroup Group { get; }

    /// <summary>Starts it before a provider.</summary>
    public static async Task<PeerProcess> StartAsync(Peer peer, IPEndPoint upstream, string? caFile, int threads)
    {
        var folder = RunFolder.Create("load");
        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        var file = Path.Combine(folder.FullName, peer.Configuration);
        await File.WriteAllTextAsync(file, new PeerConfiguration(endPoint.Port, upstream, threads, folder.FullName, caFile).Fill(peer.Configuration));
#pragma warning disable CA2000 // what is returned owns it
        var started = new PeerProcess(await KeptProcess.StartAsync(peer.Program!, peer.Arguments(file)), folder, endPoint);
#pragma warning restore CA2000
        try
        {
            await started.ListensAsync(peer.Name);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it says of itself.</summary>
    public static async Task<string> VersionAsync(Peer peer)
    {
        if (peer.VersionArgument is not { } argument)
        {
            return "unknown";
        }

        // nginx tells it on the standard error.
        var start = new ProcessStartInfo(peer.Program!, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return string.Concat(said).Split('\n')[0].Trim();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ListensAsync(string name)
    {
        using var timer = new PeriodicTimer(BetweenTries);
        for (var began = Stopwatch.StartNew(); began.Elapsed < LongestStart; await timer.WaitForNextTickAsync())
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(EndPoint);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }

        throw new InvalidOperationException($"{name} does not listen: {_process.LastWords}");
    }
}
