using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>What a provider learns of the client's trace.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class TraceContextTests(TransportKind kind)
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = $"traceparent: 00-{Trace}-00f067aa0ba902b7-01";
    private const string Otlp = "\"otlp\": { \"endpoint\": \"http://127.0.0.1:9\" }";
    private const string State = "tracestate: congo=t61rcWkgMzE,rojo=00f067aa0ba902b7";

    [Test]
    public async Task Without_tracing_the_clients_trace_passes_as_it_came()
    {
        var head = await PassAsync("/anthropic/v1/messages", Parent, State);

        Assert.That(head.Text, Does.Contain($"\r\n{Parent}\r\n").And.Contain($"\r\n{State}\r\n"));
    }

    [TestCase("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more")]
    [TestCase("traceparent: 00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [TestCase("traceparent: 00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [TestCase("traceparent: ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [TestCase("x-nothing: here")]
    [TestCase(Parent, Parent)]
    public async Task What_is_no_trace_context_ends_here_and_its_state_with_it(params string[] fields)
    {
        var head = await PassAsync("/anthropic/v1/messages", [.. fields, State]);

        Assert.That(head.Has("traceparent") || head.Has("tracestate"), Is.False);
    }

    [TestCase("/anthropic/v1/messages", false)]
    [TestCase("/anthropic/v1/messages", true)]
    [TestCase("/anthropic/v1/files", false)]
    public async Task Baggage_never_reaches_a_provider(string path, bool traces)
    {
        var head = await PassAsync(path, traces, Parent, "baggage: userId=alice", "Baggage: more=1");

        Assert.That(head.Has("baggage"), Is.False);
        Assert.That(head["traceparent"], Does.StartWith($"00-{Trace}-"));
    }

    [TestCase("/anthropic/v1/messages")]
    [TestCase("/anthropic/v1/files")]
    public async Task With_tracing_the_provider_is_told_of_our_own_span_in_the_clients_trace(string path)
    {
        var head = await PassAsync(path, traces: true, Parent, State);

        Assert.That(head["traceparent"], Does.Match($"^00-{Trace}-[0-9a-f]{{16}}-01$").And.Not.Contain("00f067aa0ba902b7"));
        Assert.That(head.Fields.Count(field => field.Name == "traceparent"), Is.EqualTo(1));
        Assert.That(head["tracestate"], Is.EqualTo(State["tracestate: ".Length..]));
    }

    [Test]
    public async Task With_tracing_a_request_without_a_trace_begins_one()
    {
        var head = await PassAsync("/anthropic/v1/messages", traces: true, State);

        Assert.That(head["traceparent"], Does.Match("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$"));
        Assert.That(head.Has("tracestate"), Is.False, "the state of a trace that nobody named");
    }

    [Test]
    public async Task A_client_that_does_not_record_is_not_contradicted()
    {
        var head = await PassAsync("/anthropic/v1/messages", traces: true, $"{Parent[..^2]}00");

        Assert.That(head["traceparent"], Does.EndWith("-00"));
    }

    [Test]
    public async Task Each_attempt_is_a_span_of_its_own_in_one_trace()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("{}", 500) };
        await using var second = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, $$"""
            {
              "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "api_key": "a" },
                "second": { "base_url": "{{second.Url}}", "dialect": "openai", "api_key": "b" }
              },
              "routes": [ { "targets": ["first", "second"] } ],
              {{Otlp}}
            }
            """);
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request, Parent);

        var told = first.Requests.Concat(second.Requests).Select(request => request.Head["traceparent"]).ToArray();
        Assert.That(told, Is.All.Match($"^00-{Trace}-[0-9a-f]{{16}}-01$"));
        Assert.That(told, Is.Unique);
        Assert.That(second.Requests, Is.Not.Empty, "another dialect's head is written anew, and tells of the trace too");
    }

    private Task<MessageHead> PassAsync(string path, params string[] fields) => PassAsync(path, traces: false, fields);

    private async Task<MessageHead> PassAsync(string path, bool traces, params string[] fields)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(
            kind, traces ? TestGateway.ConfigFor(provider).TrimEnd()[..^1] + $", {Otlp} }}" : TestGateway.ConfigFor(provider));
        using var client = await gateway.ConnectAsync();
        await client.SendAsync($"POST {path}", Samples.Request, fields);
        var response = await client.ReadAsync();
        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        return provider.Request.Head;
    }
}
