using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Export;

/// <summary>Real exchanges, and what a collector on a real socket is told of them when the gateway ends.</summary>
[TestFixture]
internal sealed class OtlpPushTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = "00f067aa0ba902b7";
    private const string FromClient = $"traceparent: 00-{Trace}-{Parent}-01";

    [Test]
    public async Task An_exchange_is_a_span_under_the_clients_and_its_attempt_one_under_that()
    {
        await using var provider = Streaming();
        await using var collector = new ScriptedProvider();
        await RunAsync(ConfigFor(collector, provider), client => client.PostAsync(Samples.Request, FromClient, "x-claude-code-session-id: s-1"));

        var spans = Pushed.Spans(collector);
        Assert.That(spans, Has.Length.EqualTo(2));
        var (exchange, attempt) = (spans[0], spans[1]);
        Assert.Multiple(() =>
        {
            Assert.That(spans.Select(span => span.Text("traceId")), Is.All.EqualTo(Trace));
            Assert.That(exchange.Text("parentSpanId"), Is.EqualTo(Parent));
            Assert.That(attempt.Text("parentSpanId"), Is.EqualTo(exchange.Text("spanId")));
            Assert.That(provider.Request.Head["traceparent"], Is.EqualTo($"00-{Trace}-{attempt.Text("spanId")}-01"));
            Assert.That(exchange.GetProperty("kind").GetInt32(), Is.EqualTo(2), "SERVER");
            Assert.That(attempt.GetProperty("kind").GetInt32(), Is.EqualTo(3), "CLIENT");
            Assert.That(spans.Select(span => span.Text("name")), Is.All.EqualTo("chat claude-test"));
            Assert.That(spans.Select(span => span.TryGetProperty("status", out _)), Is.All.False, "nothing failed");
            Assert.That(attempt.Long("startTimeUnixNano"), Is.GreaterThanOrEqualTo(exchange.Long("startTimeUnixNano")));
            Assert.That(attempt.Long("endTimeUnixNano"), Is.LessThanOrEqualTo(exchange.Long("endTimeUnixNano")));
            Assert.That(attempt.Long("endTimeUnixNano"), Is.GreaterThanOrEqualTo(attempt.Long("startTimeUnixNano")));
            Assert.That(Pushed.Attribute(exchange, "gen_ai.conversation.id"), Is.EqualTo("s-1"));
            Assert.That(Pushed.Attribute(exchange, "gateway.request_id"), Does.StartWith("req_gw_"));
        });
    }

    [Test]
    public async Task Both_spans_tell_of_provider_model_status_and_tokens()
    {
        await using var provider = Streaming();
        await using var collector = new ScriptedProvider();
        await RunAsync(ConfigFor(collector, provider), client => client.PostAsync(Samples.Request));

        foreach (var span in Pushed.Spans(collector))
        {
            Assert.That(Pushed.Attribute(span, "gen_ai.operation.name"), Is.EqualTo("chat"));
            Assert.That(Pushed.Attribute(span, "gen_ai.provider.name"), Is.EqualTo("p0"));
            Assert.That(Pushed.Attribute(span, "gen_ai.request.model"), Is.EqualTo("claude-test"));
            Assert.That(Pushed.Attribute(span, "http.response.status_code"), Is.EqualTo("200"));
            Assert.That(Pushed.Attribute(span, "gen_ai.usage.input_tokens"), Is.EqualTo("5"));
            Assert.That(Pushed.Attribute(span, "gen_ai.usage.output_tokens"), Is.EqualTo("7"));
            Assert.That(Pushed.Attribute(span, "error.type"), Is.Null);
        }
    }

    [Test]
    public async Task Each_attempt_of_a_failover_has_its_span_and_says_what_became_of_it()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("{}", 500) };
        await using var second = Streaming();
        await using var collector = new ScriptedProvider();
        await RunAsync(ConfigFor(collector, first, second), client => client.PostAsync(Samples.Request));

        var spans = Pushed.Spans(collector);
        var attempts = spans[1..];
        var told = first.Requests.Concat(second.Requests).Select(request => request.Head["traceparent"]!.Split('-')[2]);
        Assert.Multiple(() =>
        {
            Assert.That(attempts.Select(span => span.Text("spanId")), Is.EqualTo(told), "as the providers were told");
            Assert.That(attempts.Select(span => span.Text("parentSpanId")), Is.All.EqualTo(spans[0].Text("spanId")));
            Assert.That(Pushed.Attribute(attempts[0], "gen_ai.provider.name"), Is.EqualTo("p0"));
            Assert.That(Pushed.Attribute(attempts[0], "http.response.status_code"), Is.EqualTo("500"));
            Assert.That(Pushed.Attribute(attempts[0], "error.type"), Is.EqualTo("server_error"));
            Assert.That(attempts[0].GetProperty("status").GetProperty("code").GetInt32(), Is.EqualTo(2));
            Assert.That(Pushed.Attribute(attempts[^1], "gen_ai.provider.name"), Is.EqualTo("p1"));
            Assert.That(attempts[^1].TryGetProperty("status", out _), Is.False);
            Assert.That(Pushed.Attribute(spans[0], "gateway.attempts"), Is.EqualTo($"{attempts.Length}"));
            Assert.That(spans[0].TryGetProperty("status", out _), Is.False, "the client noticed nothing");
        });
    }

    [Test]
    public async Task Of_what_is_not_sampled_only_failures_and_failovers_are_told()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var second = Streaming();
        await using var collector = new ScriptedProvider();
        await RunAsync(ConfigFor(collector, [first, second], "\"sample_percent\": 0"), async client =>
        {
            _ = await client.PostAsync(Samples.Request);
            _ = await client.PostAsync(Samples.Request, $"{FromClient[..^2]}00");
            first.Otherwise = exchange => exchange.AnswerJsonAsync("{}", 500);
            return await client.PostAsync(Samples.Request);
        });

        Assert.That(Pushed.Spans(collector).Count(span => span.GetProperty("kind").GetInt32() == 2), Is.EqualTo(1));
        Assert.That(first.Requests[0].Head["traceparent"], Does.EndWith("-00"));
    }

    [Test]
    public async Task No_secret_and_no_word_of_the_prompt_is_told()
    {
        await using var provider = Streaming();
        await using var collector = new ScriptedProvider();
        var token = "canary-collector-token";
        await RunAsync(
            ConfigFor(collector, [provider], $"\"headers\": {{ \"x-token\": \"{token}\" }}"),
            client => client.PostAsync(Samples.Message("claude-test", "canary-prompt"), "x-api-key: canary-client", "authorization: Bearer canary-bearer", "baggage: a=canary-baggage"));

        Assert.That(collector.Requests.Select(request => request.Head["x-token"]), Is.All.EqualTo(token));
        Assert.That(collector.Requests, Has.Length.EqualTo(2), "traces and metrics");
        foreach (var request in collector.Requests)
        {
            Assert.That(Encoding.Latin1.GetString(request.Raw).Replace(token, "", StringComparison.Ordinal), Does.Not.Contain("canary").And.Not.Contain("the-key"));
        }
    }

    [Test]
    public async Task Metrics_are_those_of_the_page()
    {
        await using var provider = Streaming();
        await using var collector = new ScriptedProvider();
        await RunAsync(ConfigFor(collector, provider), client => client.PostAsync(Samples.Request));

        var metrics = Pushed.Metrics(collector).ToDictionary(metric => metric.Text("name")!);
        var requests = metrics["gateway_requests"].GetProperty("sum");
        var point = requests.GetProperty("dataPoints").EnumerateArray().Single();
        var duration = metrics["gen_ai.client.operation.duration"].GetProperty("histogram").GetProperty("dataPoints").EnumerateArray().Single();
        Assert.Multiple(() =>
        {
            Assert.That(requests.GetProperty("isMonotonic").GetBoolean());
            Assert.That(requests.GetProperty("aggregationTemporality").GetInt32(), Is.EqualTo(2));
            Assert.That(point.GetProperty("asDouble").GetDouble(), Is.EqualTo(1));
            Assert.That(Pushed.Attribute(point, "provider"), Is.EqualTo("p0"));
            Assert.That(Pushed.Attribute(point, "outcome"), Is.EqualTo("succeeded"));
            Assert.That(point.Long("timeUnixNano"), Is.GreaterThan(point.Long("startTimeUnixNano")));
            Assert.That(duration.Long("count"), Is.EqualTo(1));
            Assert.That(duration.GetProperty("bucketCounts").EnumerateArray().Sum(count => long.Parse(count.GetString()!)), Is.EqualTo(1));
            Assert.That(duration.GetProperty("bucketCounts").GetArrayLength(), Is.EqualTo(duration.GetProperty("explicitBounds").GetArrayLength() + 1));
            Assert.That(metrics["process_resident_memory_bytes"].GetProperty("gauge").GetProperty("dataPoints").GetArrayLength(), Is.EqualTo(1));
        });
    }

    [TestCase("\"traces\": false", 0, 1)]
    [TestCase("\"metrics\": false", 1, 0)]
    public async Task Either_can_be_left_out(string members, int traces, int metrics)
    {
        await using var provider = Streaming();
        await using var collector = new ScriptedProvider();
        await RunAsync(ConfigFor(collector, [provider], members), client => client.PostAsync(Samples.Request));

        Assert.That(collector.Requests.Count(request => request.Head.FirstLine.Contains("/v1/traces", StringComparison.Ordinal)), Is.EqualTo(traces));
        Assert.That(collector.Requests.Count(request => request.Head.FirstLine.Contains("/v1/metrics", StringComparison.Ordinal)), Is.EqualTo(metrics));
        Assert.That(provider.Request.Head.Has("traceparent"), Is.EqualTo(traces > 0));
    }

    [Test]
    public async Task A_collector_that_hangs_holds_no_exchange_back()
    {
        await using var provider = Streaming();
        await using var collector = new ScriptedProvider { Otherwise = exchange => exchange.HangAsync() };
        var response = await RunAsync(ConfigFor(collector, [provider], "\"interval_seconds\": 1"), async client =>
        {
            RawResponse last;
            do
            {
                last = await client.PostAsync(Samples.Request);
            }
            while (collector.Requests.Length == 0);
            return last;
        });

        Assert.That(response.Text, Is.EqualTo(Samples.Stream));
    }

    private static ScriptedProvider Streaming() => new() { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };

    private static string ConfigFor(ScriptedProvider collector, params ScriptedProvider[] providers) => ConfigFor(collector, providers, "\"interval_seconds\": 3600");

    private static string ConfigFor(ScriptedProvider collector, ScriptedProvider[] providers, string members) => $$"""
        {
          "default_provider": "p0",
          "providers": { {{string.Join(',', providers.Select((provider, i) => $$"""
            "p{{i}}": { "base_url": "{{provider.Url}}", "api_key": "the-key" }
            """))}} },
          "routes": [ { "targets": [{{string.Join(',', providers.Select((_, i) => $"\"p{i}\""))}}] } ],
          "otlp": { "endpoint": "{{collector.Url}}", {{members}} }
        }
        """;

    // A gateway that ends has pushed everything.
    private static async Task<RawResponse> RunAsync(string config, Func<RawClient, Task<RawResponse>> talk)
    {
        await using var gateway = new TestGateway(TransportKind.Auto, config);
        using var client = await gateway.ConnectAsync();
        var response = await talk(client);
        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        return response;
    }
}
