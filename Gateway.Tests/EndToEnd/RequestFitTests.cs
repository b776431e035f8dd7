using System.Text;
using System.Text.Json;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Providers that know less than the client, and thinking that somebody else signed.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class RequestFitTests(TransportKind kind)
{
    private const string Body = """{"model":"claude-test","max_tokens":5,"context_management":{"edits":[]},"messages":[{"role":"user","content":"Hello"}]}""";
    private const string Unknown = """{"type":"error","error":{"type":"invalid_request_error","message":"context_management: Extra inputs are not permitted"}}""";

    [Test]
    public async Task What_a_provider_does_not_know_is_left_out_from_then_on()
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange => exchange.Request.Text.Contains("context_management", StringComparison.Ordinal)
                ? exchange.AnswerJsonAsync(Unknown, 400)
                : exchange.AnswerJsonAsync(Samples.Answer),
        };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        const string Betas = "anthropic-beta: context-management-2025-06-27,effort-2025-11-24";
        var first = await client.PostAsync(Encoding.UTF8.GetBytes(Body), Betas);
        var second = await client.PostAsync(Encoding.UTF8.GetBytes(Body), Betas);
        await client.AskAsync("GET /providers/scripted");
        var page = await client.ReadAsync();

        Assert.That((first.Status, second.Status), Is.EqualTo((200, 200)), first.Text);
        Assert.That(provider.Requests, Has.Length.EqualTo(3));
        Assert.That(provider.Requests[1].Text, Is.EqualTo("""{"model":"claude-test","max_tokens":5,"messages":[{"role":"user","content":"Hello"}]}"""));
        Assert.That(provider.Requests[1].Head["anthropic-beta"], Is.EqualTo("effort-2025-11-24"));
        Assert.That(page.Text, Does.Contain("\"name\":\"context_management\""));
    }

    [TestCase("Unrecognized request argument supplied: parallel_tool_calls")]
    [TestCase("[{'type': 'extra_forbidden', 'loc': ('body', 'parallel_tool_calls'), 'msg': 'Extra inputs are not permitted', 'input': True}]")]
    public async Task What_a_provider_of_another_dialect_does_not_know_is_left_out_of_the_translation(string words)
    {
        const string Answer = """{"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":1}}""";
        var asking = """{"model":"m","max_tokens":5,"tools":[{"name":"t","input_schema":{"type":"object"}}],"tool_choice":{"type":"auto","disable_parallel_tool_use":true},"messages":[{"role":"user","content":"Hello"}]}"""u8.ToArray();
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange => exchange.Request.Text.Contains("parallel_tool_calls", StringComparison.Ordinal)
                ? exchange.AnswerJsonAsync(JsonSerializer.Serialize(new { error = new { message = words, type = "invalid_request_error" } }), 400)
                : exchange.AnswerJsonAsync(Answer),
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"auth\": \"none\", \"dialect\": \"openai\""));
        using var client = await gateway.ConnectAsync();

        var first = await client.PostAsync(asking);
        var second = await client.PostAsync(asking);

        Assert.That((first.Status, second.Status), Is.EqualTo((200, 200)), first.Text);
        Assert.That(provider.Requests.Select(request => request.Text.Contains("\"parallel_tool_calls\":false", StringComparison.Ordinal)), Is.EqualTo((bool[])[true, false, false]));
        Assert.That(provider.Requests[1].Text, Is.EqualTo(provider.Requests[0].Text.Replace(",\"parallel_tool_calls\":false", "", StringComparison.Ordinal)), "and nothing else");
    }

    [Test]
    public async Task A_refusal_that_one_conversation_met_changes_no_others_requests_until_a_second_meets_it()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        provider.Next(exchange => exchange.AnswerJsonAsync(Unknown, 400));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        foreach (var session in (string[])["one", "one", "two"])
        {
            Assert.That((await client.PostAsync(Encoding.UTF8.GetBytes(Body), $"x-claude-code-session-id: {session}")).Status, Is.EqualTo(200));
        }

        Assert.That(provider.Requests.Select(request => request.Text == Body), Is.EqualTo((bool[])[true, false, false, true]));
        provider.Next(exchange => exchange.AnswerJsonAsync(Unknown, 400));
        foreach (var session in (string[])["two", "three"])
        {
            Assert.That((await client.PostAsync(Encoding.UTF8.GetBytes(Body), $"x-claude-code-session-id: {session}")).Status, Is.EqualTo(200));
        }

        Assert.That(provider.Requests[4..].Select(request => request.Text == Body), Is.EqualTo((bool[])[true, false, false]));
    }

    [Test]
    public async Task A_beta_that_a_provider_does_not_know_is_left_out_with_the_field_it_belongs_to()
    {
        const string Wording = """{"type":"error","error":{"type":"invalid_request_error","message":"Unexpected value(s) `context-management-2025-06-27` for the `anthropic-beta` header."}}""";
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange => exchange.Request.Head.Has("anthropic-beta") && exchange.Request.Head["anthropic-beta"]!.Contains("context-management", StringComparison.Ordinal)
                ? exchange.AnswerJsonAsync(Wording, 400)
                : exchange.AnswerJsonAsync(Samples.Answer),
        };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Encoding.UTF8.GetBytes(Body), "anthropic-beta: context-management-2025-06-27,effort-2025-11-24");

        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        Assert.That(provider.Requests[1].Text, Does.Not.Contain("context_management"), "half a pair is a 400 of its own");
        Assert.That(provider.Requests[1].Head["anthropic-beta"], Is.EqualTo("effort-2025-11-24"));
    }

    [Test]
    public async Task Where_no_beta_is_taken_none_is_sent_any_more()
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange => exchange.Request.Head.Has("anthropic-beta")
                ? exchange.AnswerJsonAsync("""{"message":"invalid beta flag"}""", 400)
                : exchange.AnswerJsonAsync(Samples.Answer),
        };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            Assert.That((await client.PostAsync(Samples.Request, "anthropic-beta: one-2026-01-01,two-2026-01-01")).Status, Is.EqualTo(200));
        }

        Assert.That(provider.Requests, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_refusal_that_leaving_out_does_not_help_is_told()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Unknown, 400) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Encoding.UTF8.GetBytes(Body));

        Assert.That((response.Status, response.Text), Is.EqualTo((400, Unknown)));
        Assert.That(provider.Requests, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Thinking_of_another_provider_is_left_out_when_a_conversation_moves_and_bytes_stay_exact_where_it_does_not()
    {
        var isDown = false;
        await using var first = new ScriptedProvider { Otherwise = exchange => isDown ? exchange.AnswerJsonAsync("{}", 500) : exchange.AnswerJsonAsync(Samples.Answer) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(
            kind,
            $$"""
            { "claude_gateway": { "request_logging": true }, "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "auth": "none", "models": ["*"] },
                "second": { "base_url": "{{second.Url}}", "auth": "none", "models": ["*"] } } }
            """,
            reactors: 1);
        using var client = await gateway.ConnectAsync();
        const string Session = "x-claude-code-session-id: one";
        var begun = Encoding.UTF8.GetBytes("""{"model":"claude-test","max_tokens":5,"messages":[{"role":"user","content":"q"}]}""");
        var gone = Encoding.UTF8.GetBytes("""{"model":"claude-test","max_tokens":5,"messages":[{"role":"user","content":"q"},{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"FIRSTS"},{"type":"text","text":"a"}]},{"role":"user","content":"r"}]}""");

        _ = await client.PostAsync(begun, Session);
        _ = await client.PostAsync(gone, Session);
        isDown = true;
        var moved = await client.PostAsync(gone, Session);

        Assert.That(first.Requests[1].Body, Is.EqualTo(gone), "the very same bytes where it stays");
        Assert.That((moved.Status, moved.Head["x-gateway-provider"]), Is.EqualTo((200, "second")), moved.Text);
        Assert.That(second.Request.Text, Does.Not.Contain("FIRSTS").And.Contain("""[{"type":"text","text":"a"}]"""));
        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Exactly(1).Contain("\"thinking_stripped\":1"), "and said so");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Thinking_is_known_by_the_answer_it_came_in_and_left_out_wherever_else_it_goes(bool isStream)
    {
        const string Signed = """{"id":"m","type":"message","role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"SIG+first/=="},{"type":"redacted_thinking","data":"RED+first"},{"type":"text","text":"a"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";
        await using var first = new ScriptedProvider
        {
            Otherwise = exchange => isStream ? exchange.StreamAsync(
                Samples.Events[0],
                Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"""),
                Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"SIG+first/=="}}"""),
                Event("content_block_start", """{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"RED+first"}}"""),
                Samples.Events[^2],
                Samples.Events[^1]) : exchange.AnswerJsonAsync(Signed),
        };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "auth": "none" },
                "second": { "base_url": "{{second.Url}}", "auth": "none" } },
              "routes": [ { "sticky": false, "targets": ["first", "second"] } ] }
            """);
        using var client = await gateway.ConnectAsync();
        var body = Encoding.UTF8.GetBytes("""{ "model": "claude-test", "max_tokens": 5, "messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": [{"type": "thinking", "thinking": "t", "signature": "SIG+first/=="}, {"type": "redacted_thinking", "data": "RED+first"}, {"type": "thinking", "thinking": "u", "signature": "gw1.e30"}, {"type": "text", "text": "a"}]}, {"role": "user", "content": "r"}]}""");

        _ = await client.PostAsync(Samples.Request);
        var moved = await client.PostAsync(body, "x-gateway-provider: second");
        var stayed = await client.PostAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("gw1.", "nobody", StringComparison.Ordinal)));

        Assert.That((moved.Status, stayed.Status), Is.EqualTo((200, 200)), moved.Text);
        Assert.That(second.Request.Text, Does.Not.Contain("+first").And.Contain("""[{"type": "text", "text": "a"}]"""), "whoever did not sign it");
        Assert.That(second.Request.Text, Does.Not.Contain("gw1."), "nor what the gateway signed for a provider of another dialect");
        Assert.That(first.Requests[^1].Text, Does.Contain("SIG+first").And.Contain("RED+first").And.StartWith("{ \"model\": "), "byte for byte where it was made");
    }

    private static string Event(string name, string json) => $"event: {name}\ndata: {json}\n\n";
}
