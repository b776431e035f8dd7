using System.IO.Compression;
using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Claude Code before a provider of OpenAI's dialect.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class TranslationTests(TransportKind kind)
{
    private const string Members = "\"dialect\": \"openai\", \"auth\": \"none\", \"models\": [\"case-model\"], \"context_window\": 1000, \"max_output_tokens\": 200";
    private const string Completion = """{"object":"chat.completion","choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""";

    [Test]
    public async Task What_gets_lost_is_named_in_the_head_and_in_the_log()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Completion) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Members));
        using var client = await gateway.ConnectAsync();

        var lossy = await client.PostAsync("""
            {"model":"case-model","max_tokens":5,"messages":[{"role":"user","content":[{"type":"text","text":"x"},{"type":"hologram"}]}],"tools":[{"type":"web_search_20250305","name":"web_search"}]}
            """u8.ToArray());
        var plain = await client.PostAsync("""{"model":"case-model","max_tokens":5,"messages":[{"role":"user","content":"x"}]}"""u8.ToArray());
        client.Dispose();
        await gateway.DrainAsync();

        Assert.Multiple(() =>
        {
            Assert.That(lossy.Head["x-gateway-dropped"], Is.EqualTo("web_search_20250305,hologram"));
            Assert.That(plain.Head["x-gateway-dropped"], Is.Null);
            Assert.That(gateway.Log.Lines.Count(line => line.Contains("\"dropped\":\"web_search_20250305,hologram\"", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(gateway.Log.Lines.Count(line => line.Contains("\"dropped\"", StringComparison.Ordinal)), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task What_would_be_lost_is_refused_where_nothing_may_be()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Completion) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Members + ", \"quirks\": {\"on_loss\": \"refuse\"}"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync("""{"model":"case-model","max_tokens":5,"messages":[{"role":"user","content":[{"type":"hologram"}]}]}"""u8.ToArray());

        Assert.That((response.Status, response.ErrorType), Is.EqualTo((400, "invalid_request_error")));
        Assert.That(response.ErrorMessage, Does.StartWith("hologram: "));
        Assert.That(provider.Requests, Is.Empty);
    }

    [TestCase("""{"model":"case-model","max_tokens":5,"messages":[{"role":"user","content":[{"type":"hologram"}]}]}""")]
    [TestCase("""{"model":"case-model","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]}]}""")]
    public async Task What_one_cant_take_goes_to_the_next_who_can(string body)
    {
        await using var strict = new ScriptedProvider();
        await using var able = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, OnTheWay(strict, able));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.That((response.Status, response.Head["x-gateway-provider"]), Is.EqualTo((200, "able")));
        Assert.That(strict.Requests, Is.Empty);
        Assert.That(able.Requests.Single().Body, Is.EqualTo(body), "as it came");
    }

    [Test]
    public async Task Who_could_take_it_being_away_is_no_fault_of_the_clients()
    {
        var lossy = """{"model":"case-model","max_tokens":5,"messages":[{"role":"user","content":[{"type":"hologram"}]}]}"""u8.ToArray();
        await using var strict = new ScriptedProvider();
        await using var able = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("{}", 500) };
        await using var gateway = new TestGateway(kind, OnTheWay(able, strict, "able", "strict"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(lossy);

        Assert.That((response.Status, response.ErrorType), Is.EqualTo((529, "overloaded_error")));
        Assert.That(response.ErrorMessage, Does.Contain("hologram: "));
        Assert.That((able.Requests.Length > 0, strict.Requests.Length), Is.EqualTo((true, 0)));
    }

    [Test]
    public async Task A_stream_that_waits_is_told_so_as_an_event()
    {
        var isHeard = new TaskCompletionSource();
        await using var strict = new ScriptedProvider();
        await using var able = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await isHeard.Task.Soon();
                await exchange.AnswerJsonAsync("{}", 500);
            },
        };
        await using var gateway = new TestGateway(kind, OnTheWay(able, strict, "able", "strict"));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", """{"model":"case-model","max_tokens":5,"stream":true,"messages":[{"role":"user","content":[{"type":"hologram"}]}]}"""u8.ToArray());
        _ = await client.ReadUntilAsync(": keep-alive\n\n");
        isHeard.SetResult();
        var rest = await client.ReadPayloadUntilAsync("0\r\n\r\n");

        Assert.That(rest, Does.Contain("event: error\n").And.Contain("overloaded_error").And.Contain("hologram: ").And.Not.Contain("HTTP/1.1"));
    }

    [TestCase("x-session-id")]
    [TestCase("x-session-affinity")]
    public async Task The_requests_of_a_conversation_bear_one_hash_and_those_of_its_agents_another(string field)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Completion) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Members + $", \"quirks\": {{\"session_header\": \"{field}\"}}"));
        using var client = await gateway.ConnectAsync();
        var body = """{"model":"case-model","max_tokens":5,"messages":[{"role":"user","content":"x"}]}"""u8.ToArray();

        await client.PostAsync(body, "x-claude-code-session-id: session-1");
        await client.PostAsync(body, "x-claude-code-session-id: session-1");
        await client.PostAsync(body, "x-claude-code-session-id: session-1", "x-claude-code-agent-id: a1");
        await client.PostAsync(body, "x-claude-code-session-id: session-2");

        var told = provider.Requests.Select(request => request.Head[field]).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(told, Has.All.Match("^[0-9a-f]{16}$"));
            Assert.That(told[1], Is.EqualTo(told[0]));
            Assert.That(told.Distinct().Count(), Is.EqualTo(3));
            Assert.That(provider.Requests.Select(request => request.Head["x-claude-code-session-id"]), Has.All.Null);
        });
    }

    [TestCase("x-ratelimit-remaining-tokens: 0\r\nx-ratelimit-reset-tokens: 12.4s\r\nx-ratelimit-remaining-requests: 5\r\nx-ratelimit-reset-requests: 1s", "", "13")]
    [TestCase("x-ratelimit-reset-requests-day: 33011.3\r\nx-ratelimit-reset-tokens-minute: 7.5", "", "8")]
    [TestCase("x-ratelimit-reset-tokens: 12.4s\r\nretry-after: 3", "", "3")]
    [TestCase("x-other: 1", "Please try again in 1.2s.", "2")]
    public async Task When_to_come_back_is_told_in_whole_seconds(string fields, string message, string seconds)
    {
        var body = $$$"""{"error":{"message":"Rate limit reached. {{{message}}}","code":"rate_limit_exceeded"}}""";
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange => exchange.SendAsync($"HTTP/1.1 429 Too Many\r\ncontent-type: application/json\r\n{fields}\r\ncontent-length: {body.Length}\r\n\r\n{body}"),
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Members, "\"max_attempts\": 1"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync("""{"model":"case-model","max_tokens":5,"messages":[{"role":"user","content":"x"}]}"""u8.ToArray());

        Assert.That((response.Status, response.Head["retry-after"]), Is.EqualTo((429, seconds)));
        Assert.That(response.Json.GetProperty("error").GetProperty("type").GetString(), Is.EqualTo("rate_limit_error"));
    }

    [Test]
    public async Task An_answer_that_is_coded_and_does_not_say_so_is_read_all_the_same()
    {
        using var coded = new MemoryStream();
        await using (var gzip = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Completion));
        }

        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.SendAsync($"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {coded.Length}\r\n\r\n");
                await exchange.SendAsync(coded.ToArray());
            },
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Members));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync("""{"model":"case-model","max_tokens":5,"messages":[{"role":"user","content":"x"}]}"""u8.ToArray());

        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        Assert.That(response.Json.GetProperty("content")[0].GetProperty("text").GetString(), Is.EqualTo("ok"));
    }

    [Test]
    public async Task A_stream_that_dies_ends_with_an_error_and_leaves_the_clients_connection_usable()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Completion) };
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync("data: {\"choices\":[{\"delta\":{\"content\":\"half a wo\"}}]}\n\n");
            exchange.Connection.Close();
        });
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Members));
        using var client = await gateway.ConnectAsync();

        var broken = await client.PostAsync("""{"model":"case-model","max_tokens":5,"stream":true,"messages":[{"role":"user","content":"x"}]}"""u8.ToArray());
        var next = await client.PostAsync("""{"model":"case-model","max_tokens":5,"messages":[{"role":"user","content":"x"}]}"""u8.ToArray());

        Assert.That(broken.Text, Does.Contain("half a wo").And.Contain("event: error").And.Not.Contain("message_stop"));
        Assert.That((broken.IsWhole, next.Status), Is.EqualTo((true, 200)));
    }

    [TestCase("case-model")]
    [TestCase("scripted%2Fcase-model")]
    [TestCase("claude-gateway%2Fscripted%2Fcase-model")]
    public async Task One_model_is_told_without_asking_anybody(string id)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Members));
        using var client = await gateway.ConnectAsync();

        await client.AskAsync($"GET /anthropic/v1/models/{id}");
        var model = await client.ReadAsync();
        await client.AskAsync("GET /anthropic/v1/models/scripted%2Fnone");
        var unknown = await client.ReadAsync();

        Assert.Multiple(() =>
        {
            Assert.That(model.Status, Is.EqualTo(200), model.Text);
            Assert.That(model.Json.GetProperty("id").GetString(), Is.EqualTo(Uri.UnescapeDataString(id)));
            Assert.That(model.Json.GetProperty("display_name").GetString(), Is.EqualTo("case-model (scripted)"));
            Assert.That((model.Json.GetProperty("max_input_tokens").GetInt32(), model.Json.GetProperty("max_tokens").GetInt32()), Is.EqualTo((1000, 200)));
            Assert.That(Supports(model, "image_input"), Is.True);
            Assert.That(Supports(model, "effort"), Is.False);
            Assert.That(Supports(model, "structured_outputs"), Is.True);
            Assert.That(unknown.Status, Is.EqualTo(404));
            Assert.That(unknown.Json.GetProperty("error").GetProperty("type").GetString(), Is.EqualTo("not_found_error"));
            Assert.That(provider.Requests, Is.Empty);
        });
    }

    private static bool Supports(RawResponse model, string name) =>
        model.Json.GetProperty("capabilities").GetProperty(name).GetProperty("supported").GetBoolean();

    [Test]
    public async Task A_path_of_anthropics_own_is_no_business_of_another_dialects()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Members));
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /anthropic/v1/files");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(404));
        Assert.That(response.Json.GetProperty("error").GetProperty("type").GetString(), Is.EqualTo("not_found_error"));
        Assert.That(provider.Requests, Is.Empty);
    }

    private const string Role = """data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""" + "\n\n";
    private const string Text = """data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}""" + "\n\n";
    private const string Stop = """data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n";

    [Test]
    public async Task A_message_begins_with_the_providers_where_nobody_else_could_answer()
    {
        var hasBegun = new TaskCompletionSource();
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Role);
                await hasBegun.Task.Soon();
                await exchange.SendChunkAsync(Text + Stop);
                await exchange.EndChunksAsync();
            },
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Members));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", """{"model":"case-model","max_tokens":5,"stream":true,"messages":[{"role":"user","content":"x"}]}"""u8.ToArray());
        var begun = await client.ReadUntilAsync("event: message_start");
        hasBegun.SetResult();
        var rest = await client.ReadPayloadUntilAsync("0\r\n\r\n");

        Assert.That(begun, Does.Not.Contain("content_block_start"));
        Assert.That(rest, Does.Contain("\"text\":\"Hi\"").And.Contain("event: message_stop"));
    }

    [Test]
    public async Task A_message_that_began_and_got_no_content_ends_in_an_error_after_the_time_for_that()
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Role);
                await exchange.HangAsync();
            },
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Members + ", \"first_content_timeout_seconds\": 1, \"idle_timeout_seconds\": 600"));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", """{"model":"case-model","max_tokens":5,"stream":true,"messages":[{"role":"user","content":"x"}]}"""u8.ToArray());
        var all = await client.ReadPayloadUntilAsync("0\r\n\r\n");

        Assert.That(all, Does.Contain("event: message_start").And.Contain("event: error").And.Contain("timeout_error"));
    }

    [Test]
    public async Task Where_somebody_else_could_answer_it_waits_for_content()
    {
        await using var dying = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Role);
                exchange.Connection.Finish();
            },
        };
        await using var able = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, OnTheWay(dying, able));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", """{"model":"case-model","max_tokens":5,"stream":true,"messages":[{"role":"user","content":"x"}]}"""u8.ToArray());
        var all = await client.ReadPayloadUntilAsync("0\r\n\r\n");

        Assert.That(all.Split("event: message_start"), Has.Length.EqualTo(2));
        Assert.That(all, Does.Contain("event: message_stop").And.Not.Contain("event: error"));
    }

    // A strict translation beside a provider of Anthropic's dialect, in the order of the names.
    private static string OnTheWay(ScriptedProvider first, ScriptedProvider second, string firstName = "strict", string secondName = "able")
    {
        static string Entry(string name, ScriptedProvider provider) => name == "strict"
            ? $"\"strict\": {{ \"base_url\": \"{provider.Url}\", {Members}, \"quirks\": {{\"on_loss\": \"refuse\"}} }}"
            : $"\"able\": {{ \"base_url\": \"{provider.Url}\", \"auth\": \"none\" }}";
        return $$"""
            { "claude_gateway": { "keep_alive_comment_ms": 200 }, "default_provider": "{{firstName}}",
              "providers": { {{Entry(firstName, first)}}, {{Entry(secondName, second)}} },
              "routes": [ { "targets": ["{{firstName}}", "{{secondName}}"] } ] }
            """;
    }
}
