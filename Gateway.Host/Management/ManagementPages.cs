using System.Buffers;
using System.Text;
using Gateway.Core.Configuration;
using Gateway.Http.Body;
using Gateway.Http.Proxying;
using Gateway.Http.Server;
using Gateway.Http.Wire;

namespace Gateway.Host.Management;

/// <summary>The management API: reading is free of effects, changing needs the key and JSON.</summary>
internal sealed class ManagementPages(GatewayStatus status, ManagementKey key, ManagementActions actions) : IManagementPages
{
    private const int MostBody = 64 * 1024;
    private const string Provider = "/providers/";
    private const string State = "/state";

    private static readonly SearchValues<string> Roots = SearchValues.Create(
        ["/health", "/livez", "/readyz", "/metrics", "/config", "/providers", "/requests/recent", "/events", "/drain", "/log-level", "/openapi.json"], StringComparison.Ordinal);

    private readonly HealthPage _health = new(status);
    private readonly ProviderPage _providers = new(status);
    private readonly PrometheusPage _prometheus = new(status);
    private readonly MetricsJson _metrics = new(status);
    private readonly RecentPage _recent = new(status);

    /// <summary>Everything that is measured.</summary>
    public Action<IMetricsOutput> Metrics => _prometheus.WriteTo;

    public bool Owns(ReadOnlySpan<byte> path)
    {
        var text = Encoding.Latin1.GetString(path);
        return Roots.Contains(text) || text is "/health/detailed" or "/config/reload" || text.StartsWith(Provider, StringComparison.Ordinal);
    }

    public bool IsPublic(ReadOnlySpan<byte> path) => path.SequenceEqual("/health"u8) || path.SequenceEqual("/livez"u8) || path.SequenceEqual("/readyz"u8);

    public async ValueTask AnswerAsync(Exchange exchange)
    {
        var request = exchange.Request;
        var path = Encoding.Latin1.GetString(request.Path);
        var isRead = request.Method is RequestMethod.Get or RequestMethod.Head;
        var methods = MethodsOf(path);
        if (!(isRead ? methods.StartsWith("GET"u8) : request.Method == RequestMethod.Post && methods.EndsWith("POST"u8)))
        {
            Page.RefuseMethod(exchange, methods);
        }
        else if (isRead)
        {
            if (path is "/events" && MayRead(exchange))
            {
                await _recent.FollowAsync(exchange);
            }
            else if (!exchange.Response.HasStarted && (IsPublic(request.Path) || MayRead(exchange)))
            {
                Read(exchange, path);
            }
        }
        else if (MayChange(exchange) && await ReceiveAsync(exchange) is { } body)
        {
            await ChangeAsync(exchange, path, body);
        }
    }

    private void Read(Exchange exchange, string path)
    {
        switch (path)
        {
            case "/health":
                _health.Short(exchange);
                break;
            case "/health/detailed":
                _health.Detailed(exchange);
                break;
            case "/livez":
                _health.Live(exchange);
                break;
            case "/readyz":
                _health.Ready(exchange);
                break;
            case "/metrics":
                WriteMetrics(exchange);
                break;
            case "/config":
                Page.Send(exchange, 200, "application/json"u8, Encoding.UTF8.GetBytes(ConfigDocument.Text(status.Snapshots.Current.Config)));
                break;
            case "/providers":
                _providers.All(exchange);
                break;
            case "/requests/recent":
                _recent.Recent(exchange);
                break;
            case "/log-level":
                actions.ShowLevel(exchange);
                break;
            case "/openapi.json":
                Page.Send(exchange, 200, "application/json"u8, OpenApi.Document.Span);
                break;
            default:
                _providers.One(exchange, Uri.UnescapeDataString(path[Provider.Length..]));
                break;
        }
    }

    private async ValueTask ChangeAsync(Exchange exchange, string path, byte[] body)
    {
        switch (path)
        {
            case "/config/reload":
                await actions.ReloadAsync(exchange);
                break;
            case "/drain":
                actions.Drain(exchange);
                break;
            case "/log-level":
                actions.SwitchLevel(exchange, body);
                break;
            default:
                _providers.Mark(exchange, Uri.UnescapeDataString(path[Provider.Length..^State.Length]), body);
                break;
        }
    }

    private static ReadOnlySpan<byte> MethodsOf(string path) => path switch
    {
        "/log-level" => "GET, HEAD, POST"u8,
        "/config/reload" or "/drain" => "POST"u8,
        var _ when path.Length > Provider.Length + State.Length && path.StartsWith(Provider, StringComparison.Ordinal) && path.EndsWith(State, StringComparison.Ordinal) => "POST"u8,
        _ => "GET, HEAD"u8,
    };

    private void WriteMetrics(Exchange exchange)
    {
        for (var i = 0; i < exchange.Request.Headers.Count; i++)
        {
            if (Ascii.EqualsIgnoreCase(exchange.Request.Headers.Name(i), "accept"u8)
                && exchange.Request.Headers.Value(i).IndexOf("application/json"u8) >= 0)
            {
                _metrics.Write(exchange);
                return;
            }
        }

        _prometheus.Write(exchange);
    }

    // On loopback whoever can reach us may look; where clients have keys, looking takes the management key.
    private bool MayRead(Exchange exchange)
    {
        if ((status.Snapshots.Current.Config.Clients.Count == 0 && status.IsLocal) || HasKey(exchange))
        {
            return true;
        }

        Page.Refuse(exchange, 401, "x-management-key: the key in management.key of the state directory is needed."u8);
        return false;
    }

    private bool MayChange(Exchange exchange)
    {
        if (!HasKey(exchange))
        {
            Page.Refuse(exchange, 401, key.Exists
                ? "x-management-key: the key in management.key of the state directory is needed."u8
                : "x-management-key: there is none, because the state directory can't be written; see GATEWAY_STATE_DIR."u8);
            return false;
        }

        if (!exchange.Request.Headers.TryGet(KnownHeader.ContentType, out var type) || !MediaTypes.IsJson(type))
        {
            Page.Refuse(exchange, 415, "content-type: application/json is expected."u8);
            return false;
        }

        return true;
    }

    private bool HasKey(Exchange exchange)
    {
        for (var i = 0; i < exchange.Request.Headers.Count; i++)
        {
            if (Ascii.EqualsIgnoreCase(exchange.Request.Headers.Name(i), "x-management-key"u8))
            {
                return key.Matches(exchange.Request.Headers.Value(i));
            }
        }

        return false;
    }

    private static async ValueTask<byte[]?> ReceiveAsync(Exchange exchange)
    {
        if (exchange.Body.DeclaredLength > MostBody)
        {
            Page.Refuse(exchange, 413, "The body is longer than 64 KiB."u8);
            return null;
        }

        if (await exchange.Body.ReceiveAsync(NoSink.Instance) == BodyStatus.Complete && exchange.Body.Received.Length <= MostBody)
        {
            return exchange.Body.Received.ToArray();
        }

        Page.Refuse(exchange, 400, "The body is not whole."u8);
        return null;
    }

    private sealed class NoSink : IBodySink
    {
        public static NoSink Instance { get; } = new();

        public void Receive(in ReadOnlySequence<byte> bytes)
        {
        }
    }
}
