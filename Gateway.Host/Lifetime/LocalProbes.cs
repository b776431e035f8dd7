using Gateway.Core.Configuration;
using Gateway.Core.Health;
using Gateway.Core.Providers;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;

namespace Gateway.Host.Lifetime;

/// <summary>Asks servers of one's own every five seconds whether they are there: a model that is being loaded is no reason to wait for it.</summary>
/// <remarks>Providers in the cloud are not probed: their answers tell enough, and probes would cost.</remarks>
internal sealed class LocalProbes : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, ProbeTally> _tallies = [];
    private readonly SnapshotHolder _snapshots;
    private readonly GatewayEvents _events;
    private readonly ITimer _timer;
    private readonly Func<Uri, Task<bool>> _ask;
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseProxy = false };
    private readonly HttpClient? _client;
    private int _isLooking;

    /// <summary>Begins to probe.</summary>
    /// <param name="snapshots">Whose local providers are asked.</param>
    /// <param name="events">Learns of each change.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ask">Whether a server answers; null to ask it by HTTP.</param>
    public LocalProbes(SnapshotHolder snapshots, GatewayEvents events, TimeProvider time, Func<Uri, Task<bool>>? ask = null)
    {
        _snapshots = snapshots;
        _events = events;
        _client = ask is null ? new HttpClient(_handler, disposeHandler: false) { Timeout = Longest } : null;
        _ask = ask ?? AnswersAsync;
        _timer = time.CreateTimer(static probes => _ = ((LocalProbes)probes!).LookAsync(), this, Every, Every);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _client?.Dispose();
        _handler.Dispose();
    }

    /// <summary>Asks all of them once.</summary>
    internal async Task LookAsync()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) != 0)
        {
            return;
        }

        try
        {
            foreach (var provider in _snapshots.Current.Providers.Where(provider => provider is { IsLocal: true, IsSynthetic: false }))
            {
                Take(provider, await _ask(UrlOf(provider)).ConfigureAwait(false));
            }
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private void Take(Provider provider, bool succeeded)
    {
        if (!_tallies.TryGetValue(provider.Name, out var tally))
        {
            _tallies.Add(provider.Name, tally = new ProbeTally());
        }

        if (tally.Add(succeeded))
        {
            _events.ProviderProbed(provider.Name, tally.IsUp);
        }

        provider.State.SetProbed(tally.IsUp);
    }

    // The list of models is there as soon as the server is; llama.cpp answers 503 while it loads one.
    private Uri UrlOf(Provider provider)
    {
        var url = _snapshots.Current.Config.Providers.First(config => config.Name == provider.Name).BaseUrl!;
        return new Uri($"{url.AbsoluteUri.TrimEnd('/')}{(provider.Dialect == Dialect.Anthropic ? "/v1/models" : "/models")}");
    }

    private async Task<bool> AnswersAsync(Uri url)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var answer = await _client!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
            return (int)answer.StatusCode < 500;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
