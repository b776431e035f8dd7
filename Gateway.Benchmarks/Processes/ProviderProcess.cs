using System.Globalization;
using System.Net;
using Gateway.Benchmarks.Provider;

namespace Gateway.Benchmarks.Processes;

/// <summary>The scripted provider in a process of its own, so that its CPU time is nobody else's.</summary>
internal sealed class ProviderProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);
    private static readonly HttpClient Client = new();

    private readonly KeptProcess _process;

    private ProviderProcess(KeptProcess process, IPEndPoint endPoint, IPEndPoint? tlsEndPoint)
    {
        _process = process;
        EndPoint = endPoint;
        TlsEndPoint = tlsEndPoint;
        Group = new ProcessGroup(process.Id);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Where it speaks TLS, if it was told to.</summary>
    public IPEndPoint? TlsEndPoint { get; }

    /// <summary>What it costs.</summary>
    public ProcessGroup Group { get; }

    /// <summary>Starts this program once more, as the provider.</summary>
    public static async Task<ProviderProcess> StartAsync(params string[] options)
    {
        var own = Path.Combine(AppContext.BaseDirectory, "Gateway.Benchmarks.dll");
#pragma warning disable CA2000 // what is returned owns it
        var process = await KeptProcess.StartAsync(own, ["provider", .. options]);
#pragma warning restore CA2000
        try
        {
            var line = await process.LineAsync("listening", LongestStart);
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new ProviderProcess(process, IPEndPoint.Parse(words[1]), words.Length > 2 ? IPEndPoint.Parse(words[2]) : null);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it has seen and sent so far.</summary>
    public async Task<ProviderTally> CountAsync()
    {
        var words = (await Client.GetStringAsync(new Uri($"http://{EndPoint}/counts"))).Split(' ');
        var numbers = Array.ConvertAll(words, static word => long.Parse(word, CultureInfo.InvariantCulture));
        return new ProviderTally(numbers[0], numbers[1], numbers[2]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
