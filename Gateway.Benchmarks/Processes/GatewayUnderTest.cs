using System.Net;
using System.Text.Json;

namespace Gateway.Benchmarks.Processes;

/// <summary>The gateway that is measured: its published binary with a configuration made for the run.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);

    private readonly KeptProcess _process;
    private readonly DirectoryInfo _folder;

    private GatewayUnderTest(KeptProcess process, DirectoryInfo folder, IPEndPoint endPoint, string version)
    {
        _process = process;
        _folder = folder;
        EndPoint = endPoint;
        Version = version;
        Group = new ProcessGroup(process.Id);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it says of itself.</summary>
    public string Version { get; }

    /// <summary>What it costs.</summary>
    public ProcessGroup Group { get; }

    /// <summary>Starts it, on a free port.</summary>
    /// <param name="program">The published binary, or a <c>.dll</c> for the runtime.</param>
    /// <param name="configuration">Text of its gateway.json.</param>
    public static async Task<GatewayUnderTest> StartAsync(string program, string configuration)
    {
        var folder = RunFolder.Create("load");
        var file = Path.Combine(folder.FullName, "gateway.json");
        await File.WriteAllTextAsync(file, configuration);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

#pragma warning disable CA2000 // what is returned owns it
        var process = await KeptProcess.StartAsync(
            program, ["--config", file, "--port", "0"], ("GATEWAY_STATE_DIR", folder.FullName), ("LOAD_PROVIDER_KEY", "sk-load"));
#pragma warning restore CA2000
        try
        {
            var version = Member(await process.LineAsync("\"started\"", LongestStart), "version");
            var address = Member(await process.LineAsync("\"listening\"", LongestStart), "address");
            return new GatewayUnderTest(process, folder, IPEndPoint.Parse(address), version);
        }
        catch
        {
            await process.DisposeAsync();
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Ends it and forgets its files.</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Member(string line, string name)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty(name).GetString()!;
    }
}
