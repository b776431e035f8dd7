using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>What Claude Code holds a gateway to, a row of the contract a test (code.claude.com/docs, llm-gateway-protocol).</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class GatewayContractTests(TransportKind kind)
{
    [Test(Description = "Row 1: match on the path, ignore the query; no redirect for the list of models.")]
    public async Task The_query_does_not_decide_who_answers()
    {
        var exchange = await PostAsync(Samples.Request, "?beta=true");

        Assert.That(exchange.Answer.Status, Is.EqualTo(200));
        Assert.That(exchange.Request.Head.FirstLine, Is.EqualTo("POST /v1/messages?beta=true HTTP/1.1"));
    }

    [Test(Description = "Row 2: discovery reads data[].id, display_name and description, with either credential.")]
    public async Task Models_are_discovered_with_either_credential([Values("Authorization: Bearer t", "x-api-key: t")] string credential)
    {
        const string Entry = """{"id":"claude-a","display_name":"A","description":"D"}""";
        await using var provider = new ScriptedProvider();
        provider.Otherwise = exchange => exchange.AnswerJsonAsync($$"""{"data":[{{Entry}}]}""");
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /anthropic/v1/models?limit=1000", credential);
        var answer = await client.ReadAsync();

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Text, Does.Contain(Entry));
    }

    [Test(Description = "Row 3: the warm-up probe comes without a credential, and its connection carries the requests.")]
    public async Task The_probe_is_answered_and_its_connection_used()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("HEAD /anthropic/api/hello", "User-Agent: Bun/1.4.4", "Connection: keep-alive");
        Assert.That((await client.ReadAsync(toHead: true)).Head.Has("connection"), Is.False);

        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
    }

    [Test(Description = "Rows 4 and 5: header and body field travel as a pair, both open lists.")]
    public async Task Betas_and_the_fields_they_belong_to_pass_untouched()
    {
        const string Betas = "claude-code-20250219,context-management-2025-06-27,effort-2025-11-24,unheard-of-2031-01-01";
        var body = Encoding.UTF8.GetBytes(
            """{"model":"claude-x","messages":[{"role":"user","content":"x"}],"tools":[{"name":"T","strict":true,"defer_loading":true}],"max_tokens":9,"thinking":{"type":"adaptive","display":"omitted"},"context_management":{"edits":[]},"output_config":{"effort":"medium"},"safeguards":[{"type":"dangerous_tool_use"}],"stream":true}""");
        var exchange = await PostAsync(body, "", $"anthropic-beta: {Betas}", "anthropic-version: 2023-06-01");

        Assert.That(exchange.Request.Head["anthropic-beta"], Is.EqualTo(Betas));
        Assert.That(exchange.Request.Head["anthropic-version"], Is.EqualTo("2023-06-01"));
        Assert.That(exchange.Request.Body, Is.EqualTo(body));
    }

    [TestCase("context_management: Extra inputs are not permitted")]
    [TestCase("prompt is too long: 210000 tokens > 200000 maximum")]
    [TestCase("input length and `max_tokens` exceed context limit: 190000 + 32000 > 200000")]
    [TestCase("messages.3.content.0: Invalid `signature` in `thinking` block")]
    [TestCase("capability_rejected:prompt_too_long")]
    public async Task Wording_of_errors_arrives_unmodified_for_the_clients_recovery(string message)
    {
        // Rows 6, 7, 8 and 9.
        var error = $$$"""{"type":"error","error":{"type":"invalid_request_error","message":"{{{message}}}"},"request_id":"req_1"}""";
        var exchange = await PostAsync(Samples.Request, "", script: answering => answering.AnswerJsonAsync(error, status: 400, fields: "request-id: req_1\r\n"));

        Assert.That(exchange.Answer.Status, Is.EqualTo(400));
        Assert.That(exchange.Answer.Text, Is.EqualTo(error));
        Assert.That(exchange.Answer.Head["request-id"], Is.EqualTo("req_1"));
    }

    [Test(Description = "Row 10: every relayed byte keeps the client patient, pings and comments included.")]
    public async Task Pings_and_comments_pass()
    {
        string[] events = [": keep-alive\n\n", Samples.Events[0], Samples.Events[2], ":\n\n", .. Samples.Events[1..]];
        var exchange = await PostAsync(Samples.Request, "", script: answering => answering.StreamAsync(events));

        Assert.That(exchange.Answer.Text, Is.EqualTo(string.Concat(events)));
    }

    [Test(Description = "Row 11: the fields that steer retries and show limits.")]
    public async Task Fields_that_steer_the_client_pass()
    {
        string[] fields = ["retry-after: 17", "x-should-retry: false", "anthropic-ratelimit-unified-status: rejected", "content-type: application/json"];
        var exchange = await PostAsync(Samples.Request, "", script: answering =>
            answering.AnswerAsync(429, string.Concat(fields.Select(field => field + "\r\n")), "{}"u8.ToArray()));

        foreach (var field in fields)
        {
            Assert.That(exchange.Answer.Head.Text, Does.Contain($"\r\n{field}\r\n"));
        }
    }

    [Test(Description = "Rows 12 and 13: after content a fault is told as an error; nothing runs twice, no end is made up.")]
    public async Task A_stream_that_dies_after_content_is_neither_repeated_nor_completed()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(string.Concat(Samples.Events[..4]));
            exchange.Connection.Finish();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var answer = await client.PostAsync(Samples.Request);

        Assert.That(answer.IsWhole, Is.False);
        Assert.That(answer.Text, Does.Contain("event: error").And.Not.Contain("message_delta").And.Not.Contain("message_stop"));
        Assert.That(provider.Requests, Has.Length.EqualTo(1));
    }

    [Test(Description = "Rows 14 and 15: system is stripped by position, and cache breakpoints sit on blocks anywhere.")]
    public async Task System_blocks_and_cache_breakpoints_stay_where_they_are()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"model":"claude-x","messages":[{"role":"user","content":[{"type":"text","text":"é"}]},{"role":"system","content":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}]}],"system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2;"},{"type":"text","text":"You","cache_control":{"type":"ephemeral"}}],"max_tokens":1}""");
        var exchange = await PostAsync(body, "");

        Assert.That(exchange.Request.Body, Is.EqualTo(body));
    }

    [TestCase("x-claude-code-session-id: 7")]
    [TestCase("x-claude-code-agent-id: a1")]
    [TestCase("x-claude-code-parent-agent-id: a0")]
    [TestCase("x-claude-code-request-class: subagent")]
    [TestCase("x-claude-code-agent-type: Explore")]
    [TestCase("x-claude-code-compaction: auto")]
    [TestCase("x-claude-code-context-compacted: reactive")]
    [TestCase("x-claude-code-prev-tool-durations: Bash=742;Read=9")]
    [TestCase("x-claude-1p-request-class: main")]
    public async Task Identity_and_hints_pass(string field)
    {
        // Rows 16 and 17.
        var exchange = await PostAsync(Samples.Request, "", field);

        Assert.That(exchange.Request.Head.Text, Does.Contain($"\r\n{field}\r\n"));
    }

    [Test(Description = "Row 18: a model nobody knows is the provider's to judge.")]
    public async Task A_model_of_any_name_passes()
    {
        var body = Samples.Message("someone/else's-model[1m]");
        var exchange = await PostAsync(body, "");

        Assert.That(exchange.Request.Body, Is.EqualTo(body));
    }

    [Test(Description = "Row 19: large bodies may come compressed.")]
    public async Task A_compressed_body_is_understood()
    {
        var coded = new MemoryStream();
        await using (var encoder = new System.IO.Compression.GZipStream(coded, System.IO.Compression.CompressionLevel.Fastest))
        {
            await encoder.WriteAsync(Samples.Request);
        }

        var exchange = await PostAsync(coded.ToArray(), "", "Content-Encoding: gzip");

        Assert.That(exchange.Request.Body, Is.EqualTo(Samples.Request));
    }

    private Task<(ProviderRequest Request, RawResponse Answer)> PostAsync(byte[] body, string query, params string[] fields) =>
        PostAsync(body, query, exchange => exchange.AnswerJsonAsync("{}"), fields);

    private async Task<(ProviderRequest Request, RawResponse Answer)> PostAsync(
        byte[] body, string query, Func<ProviderExchange, Task> script, params string[] fields)
    {
        await using var provider = new ScriptedProvider();
        provider.Next(script);
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        await client.SendAsync($"POST /anthropic/v1/messages{query}", body, fields);
        var answer = await client.ReadAsync();
        return (provider.Request, answer);
    }
}
