using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;
using Gateway.Host.Management;

namespace Gateway.Host.Export;

/// <summary>Pushes metrics and traces to a collector, on a task of its own. Whatever the collector does, no request notices.</summary>
/// <remarks>Spans that could not be delivered for now are tried again; while they wait, new ones that find no room are dropped and counted.</remarks>
internal sealed class OtlpExporter : IDisposable
{
    private const int MostWaiting = 2048;
    private const int BatchSize = 256;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly OtlpConfig _config;
    private readonly Action<IMetricsOutput> _metrics;
    private readonly GatewayEvents _events;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly ArrayBufferWriter<byte> _body = new(64 * 1024);
    private readonly Task _running;
    private readonly HashSet<Uri> _failing = [];
    private bool _isStopping;
    private long _failed;

    /// <summary>Begins to push.</summary>
    /// <param name="config">Where to, and what.</param>
    /// <param name="metrics">Reads everything that is measured.</param>
    /// <param name="events">Told when the collector fails and when it is back.</param>
    /// <param name="time">The clock.</param>
    public OtlpExporter(OtlpConfig config, Action<IMetricsOutput> metrics, GatewayEvents events, TimeProvider time)
    {
        (_config, _metrics, _events, _time) = (config, metrics, events, time);
        _startedAt = time.GetUtcNow();
        Traces = new TraceQueue(MostWaiting, time) { HalfFull = Wake };
        _http = new HttpClient(_handler, disposeHandler: false) { Timeout = Longest };
        foreach (var (name, value) in config.Headers)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation(name, Encoding.ASCII.GetString(value.Reveal()));
        }

        _running = RunAsync();
    }

    /// <summary>Takes finished exchanges.</summary>
    public TraceQueue Traces { get; }

    /// <summary>Pushes that the collector did not take.</summary>
    public long PushesFailed => Interlocked.Read(ref _failed);

    /// <summary>Pushes what is there, for two seconds at most.</summary>
    public void Dispose()
    {
        _stop.CancelAfter(LastWords);
        Volatile.Write(ref _isStopping, true);
        Wake();
        _running.GetAwaiter().GetResult();
        _http.Dispose();
        _handler.Dispose();
        _wake.Dispose();
        _stop.Dispose();
    }

    // Of two who call at once one may find it awake already.
    private void Wake()
    {
        try
        {
            _ = _wake.CurrentCount > 0 ? 0 : _wake.Release();
        }
        catch (SemaphoreFullException)
        {
        }
    }

    private async Task RunAsync()
    {
        var nextMetrics = _time.GetTimestamp();
        while (!Volatile.Read(ref _isStopping))
        {
            _ = await _wake.WaitAsync(TimeSpan.FromSeconds(_config.IntervalSeconds), CancellationToken.None).ConfigureAwait(false);
            try
            {
                await PushTracesAsync().ConfigureAwait(false);
                if (_config.Metrics && (Volatile.Read(ref _isStopping) || _time.GetTimestamp() >= nextMetrics))
                {
                    nextMetrics = _time.GetTimestamp() + (_config.IntervalSeconds * _time.TimestampFrequency);
                    await PushMetricsAsync().ConfigureAwait(false);
                }
            }
            catch (Exception exception)
            {
                _events.Unexpected("export", exception);
            }
        }
    }

    private async Task PushTracesAsync()
    {
        while (Traces.Peek(BatchSize) is { Count: > 0 } batch)
        {
            var status = await PushAsync("/v1/traces", json => OtlpSpans.Write(json, batch)).ConfigureAwait(false);
            if (IsWorthAnotherTry(status) && !Volatile.Read(ref _isStopping))
            {
                return;
            }

            if (status is null or >= HttpStatusCode.MultipleChoices)
            {
                Traces.Lose(batch.Sum(facts => 1 + facts.Attempts.Length));
            }

            Traces.Remove(batch.Count);
        }
    }

    private Task<HttpStatusCode?> PushMetricsAsync() =>
        PushAsync("/v1/metrics", json => new OtlpMetrics(json, _startedAt, _time.GetUtcNow()).Write(_metrics));

    // OTLP specification, "Failures": no answer at all, and these four.
    private static bool IsWorthAnotherTry(HttpStatusCode? status) => status is null or HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    // The status; null without an answer.
    private async Task<HttpStatusCode?> PushAsync(string path, Action<Utf8JsonWriter> write)
    {
        var url = new Uri($"{_config.Endpoint!.OriginalString.TrimEnd('/')}{path}");
        _body.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_body))
        {
            write(json);
        }

        try
        {
            using var content = new ReadOnlyMemoryContent(_body.WrittenMemory);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.PostAsync(url, content, _stop.Token).ConfigureAwait(false);
            Tell(url, response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}");
            return response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Tell(url, exception is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "no answer in time");
            return null;
        }
    }

    // Once when it begins to fail, and once when it is over.
    private void Tell(Uri url, string? fault)
    {
        if (fault is not null)
        {
            Interlocked.Increment(ref _failed);
        }

        if (fault is not null ? _failing.Add(url) : _failing.Remove(url))
        {
            _events.ExportChanged(url.OriginalString, fault);
        }
    }
}
