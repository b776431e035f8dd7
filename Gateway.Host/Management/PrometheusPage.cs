using System.Text;
using Gateway.Core.Admission;
using Gateway.Core.Providers;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using static Gateway.Host.Management.PrometheusText;

namespace Gateway.Host.Management;

/// <summary><c>/metrics</c>: OpenTelemetry's names for generative AI where there are any, our own <c>gateway_*</c> beside them.</summary>
/// <remarks>Labels are configured names and fixed words. Never a key, a session or a user.</remarks>
internal sealed class PrometheusPage(GatewayStatus status)
{
    private static readonly string[] Outcomes = ["succeeded", "client_fault", "client_aborted", "provider_fault", "gateway_fault"];
    private static readonly string[] TokenTypes = ["input", "output", "cached_input", "cache_creation_input"];

    private static readonly (string Name, string Help)[] RareMetrics =
    [
        ("gateway_failovers_total", "Requests that another provider took over."),
        ("gateway_cooldowns_total", "Failures after which a provider, or one of its keys, was left alone for a while."),
        ("gateway_retries_total", "Requests that were sent again to the same provider."),
        ("gateway_retry_budget_exhausted_total", "Retries that the budget did not allow."),
        ("gateway_compatibility_drops_total", "Fields that a provider did not know and that were left out from then on."),
        ("gateway_thinking_stripped_total", "Thinking blocks of another provider that were left out."),
    ];

    // Of what the configuration names, so many get series of their own: a scrape stays below 2,000.
    private const int MostProviders = 24;
    private const int MostLimits = 32;
    private const int MostBudgets = 12;

    /// <summary>The scrape.</summary>
    public void Write(Exchange exchange) => Page.Send(
        exchange, 200, "text/plain; version=0.0.4; charset=utf-8"u8, Encoding.UTF8.GetBytes(Build()));

    /// <summary>The scrape as text.</summary>
    public string Build()
    {
        var text = new PrometheusText();
        WriteTo(text);
        return text.ToString();
    }

    /// <summary>Everything that is measured.</summary>
    public void WriteTo(IMetricsOutput text)
    {
        WriteTotals(text);
        WriteTraffic(text);
        WriteTimes(text);
        WriteRare(text);
        WriteProviders(text);
        WriteBudgets(text);
        ProcessMetrics.Write(text);
    }

    private void WriteTotals(IMetricsOutput text)
    {
        var counters = status.Counters;
        text.Single("gateway_uptime_seconds", "gauge", "Seconds since the start.", status.UptimeSeconds);
        text.Single("gateway_exchanges_total", "counter", "Finished exchanges, health checks included.", counters.Total(Counter.Requests));
        text.Single("gateway_inflight_requests", "gauge", "Exchanges under way.", counters.InFlight);
        text.Single("gateway_inflight_streams", "gauge", "Streams under way.", counters.StreamsInFlight);
        WriteConnections(text);
        text.Single("gateway_received_bytes_total", "counter", "Body bytes received from clients.", counters.Total(Counter.BytesIn));
        text.Single("gateway_sent_bytes_total", "counter", "Body bytes sent to clients.", counters.Total(Counter.BytesOut));
        text.Begin("gateway_client_aborts_total", "counter", "Exchanges that the client left, by how far they had come.");
        text.Sample("gateway_client_aborts_total", "stage=\"request\"", counters.Total(Counter.AbortsOfRequest));
        text.Sample("gateway_client_aborts_total", "stage=\"waiting\"", counters.Total(Counter.AbortsWaiting));
        text.Sample("gateway_client_aborts_total", "stage=\"answer\"", counters.Total(Counter.AbortsOfAnswer));
        text.Single("gateway_cache_lost_tokens_total", "counter", "Cached tokens lost by moving conversations.", counters.Total(Counter.CacheLostTokens));
        text.Begin("gateway_usage_source_total", "counter", "Answers by how much of their bill is known.");
        text.Sample("gateway_usage_source_total", "source=\"final\"", counters.Total(Counter.UsageFinal));
        text.Sample("gateway_usage_source_total", "source=\"partial\"", counters.Total(Counter.UsagePartial));
        text.Sample("gateway_usage_source_total", "source=\"estimated\"", counters.Total(Counter.UsageEstimated));
        text.Single("gateway_log_lines_dropped_total", "counter", "Log lines lost because the output could not keep up.", status.LogLinesDropped());
        text.Single("gateway_ledger_lines_dropped_total", "counter", "Exchanges that the disk did not let the ledger book.", status.LedgerLinesDropped());
        text.Single("gateway_capture_lines_dropped_total", "counter", "Exchanges that the disk did not let the capture record.", status.CaptureLinesDropped());
        text.Single("gateway_otlp_spans_dropped_total", "counter", "Spans lost because the collector could not keep up or refused them.", status.Export().SpansDropped);
        text.Single("gateway_otlp_pushes_failed_total", "counter", "Pushes that the collector did not take.", status.Export().PushesFailed);
        text.Single("gateway_load_rung", "gauge", "0 normal, 1 shrink, 2 close connections, 3 refuse, 4 stop accepting.", (int)status.Load.Rung);
        text.Single("gateway_label_overflows_total", "counter", "Exchanges counted under other because there were too many labels.", status.Metrics.Traffic.Overflows + status.Metrics.Providers.Overflows + status.Metrics.Rare.Read().Dropped);
    }

    // One exchange at a time on each.
    private void WriteConnections(IMetricsOutput text)
    {
        var open = status.OpenConnections();
        var busy = Math.Min(open, status.Counters.InFlight);
        text.Begin("gateway_connections", "gauge", "Client connections open now by what they do.");
        text.Sample("gateway_connections", "state=\"idle\"", open - busy);
        text.Sample("gateway_connections", "state=\"busy\"", busy);
    }

    private void WriteTraffic(IMetricsOutput text)
    {
        var sums = TrafficSum.Of(status.Metrics).Select(pair => (pair.Labels.Provider, Labels: LabelsOf(pair.Labels), pair.Sum)).ToList();
        text.Begin("gateway_requests_total", "counter", "Exchanges by how they ended.");
        foreach (var (_, labels, sum) in sums)
        {
            for (var outcome = 0; outcome < Outcomes.Length; outcome++)
            {
                if (sum.Outcomes[outcome] > 0)
                {
                    text.Sample("gateway_requests_total", $"{labels},outcome=\"{Outcomes[outcome]}\"", sum.Outcomes[outcome]);
                }
            }
        }

        text.Begin("gateway_tokens_total", "counter", "Tokens by type.");
        foreach (var (_, labels, sum) in sums)
        {
            for (var type = 0; type < TokenTypes.Length; type++)
            {
                text.Sample("gateway_tokens_total", $"{labels},gen_ai_token_type=\"{TokenTypes[type]}\"", sum.Tokens[type]);
            }
        }

        WriteTokens(text);
        text.Begin("gateway_cache_read_ratio", "gauge", "Share of the input tokens that came from a provider's prompt cache, from 0 to 1.");
        foreach (var provider in sums.GroupBy(static pair => pair.Provider))
        {
            // Input, read from the cache, written to it: all three were read.
            var tokens = (Read: provider.Sum(static pair => pair.Sum.Tokens[2]), Other: provider.Sum(static pair => pair.Sum.Tokens[0] + pair.Sum.Tokens[3]));
            if (tokens.Read + tokens.Other > 0)
            {
                text.Sample("gateway_cache_read_ratio", Label("provider", provider.Key), (double)tokens.Read / (tokens.Read + tokens.Other));
            }
        }

        text.Begin("gen_ai_client_cost_usd_total", "counter", "Dollars, by the prices of the configuration.");
        foreach (var (_, labels, sum) in sums)
        {
            text.Sample("gen_ai_client_cost_usd_total", labels, sum.CostMicroUsd / 1e6);
        }
    }

    private void WriteTokens(IMetricsOutput text)
    {
        text.Begin("gen_ai_client_token_usage", "histogram", "Tokens of an exchange by type.");
        for (var type = 0; type < TokenTypes.Length; type++)
        {
            text.Histogram("gen_ai_client_token_usage", $"gen_ai_token_type=\"{TokenTypes[type]}\"", [.. status.Metrics.Writers.Select(writer => writer.Tokens[type])]);
        }
    }

    private static string LabelsOf(TrafficLabels labels) =>
        $"{Label("provider", labels.Provider)},{Label("route", labels.Route)},{Label("model", labels.Model)}";

    private void WriteTimes(IMetricsOutput text)
    {
        WriteTimes(text, "gen_ai_client_operation_duration_seconds", "From the request's first byte to the answer's last.", cells => cells.Duration);
        WriteTimes(text, "gen_ai_client_operation_time_to_first_chunk_seconds", "To the first byte of the answer.", cells => cells.FirstChunk);
        WriteTimes(text, "gen_ai_client_operation_time_per_output_chunk_seconds", "From one event to the next, on average over an exchange.", cells => cells.PerChunk);
        WriteTimes(text, "gateway_token_estimate_ratio", "Input tokens as estimated, by those the provider reported: below 1 is too low.", cells => cells.EstimateRatio);
        WriteTimes(text, "gateway_token_count_ratio", "The same of what count_tokens says where the gateway counts: a sample of the requests.", cells => cells.CountRatio);
        text.Begin("gateway_overhead_seconds", "histogram", "What the gateway itself adds until the head of the answer.");
        text.Histogram("gateway_overhead_seconds", "", [.. status.Metrics.Writers.Select(writer => writer.Overhead)]);
        text.Begin("gateway_upstream_cancel_seconds", "histogram", "From a client's leaving to the end of the connection to its provider.");
        text.Histogram("gateway_upstream_cancel_seconds", "", [.. status.Metrics.Writers.Select(writer => writer.UpstreamCancel)]);
    }

    private void WriteTimes(IMetricsOutput text, string name, string help, Func<LatencyCells, Histogram> choose)
    {
        text.Begin(name, "histogram", help);
        var providers = status.Metrics.Providers.Labels;
        for (var slot = 0; slot < providers.Count; slot++)
        {
            var parts = status.Metrics.Writers.Select(writer => writer.Latency(slot)).OfType<LatencyCells>().Select(choose).ToList();
            if (parts.Count > 0)
            {
                text.Histogram(name, Label("provider", providers[slot]), parts);
            }
        }
    }

    private void WriteRare(IMetricsOutput text)
    {
        var counts = status.Metrics.Rare.Read().Counts;
        foreach (var (name, help) in RareMetrics)
        {
            text.Begin(name, "counter", help);
            foreach (var count in counts.Where(count => count.Name == name))
            {
                text.Sample(name, count.Labels, count.Count);
            }
        }
    }

    private void WriteProviders(IMetricsOutput text)
    {
        var now = status.NowMs();
        var providers = status.Snapshots.Current.Providers.Take(MostProviders).ToList();
        text.Begin("gateway_provider_state", "gauge", "0 healthy, 1 degraded, 2 unhealthy, 3 circuit open, 4 cooling, 5 exhausted, 6 disabled.");
        foreach (var provider in providers)
        {
            text.Sample("gateway_provider_state", Label("provider", provider.Name), (int)ProviderPage.StateOf(provider, now));
        }

        text.Begin("gateway_provider_inflight_requests", "gauge", "Exchanges with a provider now.");
        foreach (var provider in providers)
        {
            text.Sample("gateway_provider_inflight_requests", Label("provider", provider.Name), provider.State.InFlight);
        }

        text.Begin("gateway_pool_connections", "gauge", "Connections to a provider by what they do.");
        foreach (var provider in providers.Where(static provider => !provider.IsSynthetic))
        {
            var (idle, busy) = status.ConnectionsTo(provider);
            text.Sample("gateway_pool_connections", $"{Label("provider", provider.Name)},state=\"idle\"", idle);
            text.Sample("gateway_pool_connections", $"{Label("provider", provider.Name)},state=\"busy\"", busy);
        }

        text.Begin("gateway_ratelimit_remaining", "gauge", "What is left of a configured limit.");
        foreach (var (group, left) in providers.SelectMany(LimitsOf).Where(limit => limit.Limits is not null).DistinctBy(limit => limit.Group).Take(MostLimits)
            .Select(limit => (limit.Group, limit.Limits?.Remaining(now))))
        {
            text.Sample("gateway_ratelimit_remaining", $"{Label("limit_group", group)},kind=\"requests\"", left!.Value.Requests);
            text.Sample("gateway_ratelimit_remaining", $"{Label("limit_group", group)},kind=\"input_tokens\"", left.Value.Input);
            text.Sample("gateway_ratelimit_remaining", $"{Label("limit_group", group)},kind=\"output_tokens\"", left.Value.Output);
        }
    }

    // Keys of one organisation share its group, and with it the series.
    private static IEnumerable<(string Group, RateLimits? Limits)> LimitsOf(Provider provider) =>
        [(provider.Name, provider.Limits), .. provider.Keys.ToArray().Select(key => (key.Group, key.Limits))];

    private void WriteBudgets(IMetricsOutput text)
    {
        var now = status.Time.GetUtcNow();
        var all = status.Snapshots.Current.Budgets.All;
        var budgets = all[..Math.Min(all.Length, MostBudgets)];
        text.Begin("gateway_budget_remaining_usd", "gauge", "Dollars left of a budget.");
        foreach (var budget in budgets)
        {
            text.Sample("gateway_budget_remaining_usd", Label("budget", budget.Name), budget.Remaining(now) / 1e6);
        }

        text.Begin("gateway_budget_remaining_ratio", "gauge", "Share left of a budget, from 0 to 1: of the day's or the month's, whichever is less.");
        foreach (var budget in budgets)
        {
            text.Sample("gateway_budget_remaining_ratio", Label("budget", budget.Name), budget.RemainingShare(now));
        }

        text.Begin("gateway_budget_reset_seconds", "gauge", "Seconds until a budget is full again.");
        foreach (var budget in budgets)
        {
            text.Sample("gateway_budget_reset_seconds", Label("budget", budget.Name), Math.Round((budget.ResetsAt(now) - now).TotalSeconds));
        }
    }
}
