using System.Text.Json;
using Gateway.Core.Telemetry;
using Gateway.Host.Management;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>The pages beside the API, as an operator meets them.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ManagementTests(TransportKind kind)
{
    private readonly string _state = Directory.CreateTempSubdirectory("gateway-state").FullName;

    private string Key => File.ReadAllText(Path.Combine(_state, "management.key")).Trim();

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_state, recursive: true);

    [Test]
    public async Task Metrics_count_what_was_asked_by_provider_route_and_model()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = Gateway(provider, "\"input_usd_per_million\": 3, \"models\": [\"claude-*\"]");
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request);
        var text = (await GetAsync(client, "/metrics")).Text;

        Assert.That(text, Does.Contain("gateway_requests_total{provider=\"scripted\",route=\"default\",model=\"claude-test\",outcome=\"succeeded\"} 1\n"));
        Assert.That(text, Does.Match("gateway_tokens_total\\{provider=\"scripted\",route=\"default\",model=\"claude-test\",gen_ai_token_type=\"input\"\\} [1-9]"));
        Assert.That(text, Does.Contain("gen_ai_client_operation_duration_seconds_count{provider=\"scripted\"} 1\n"));
        Assert.That(text, Does.Contain("gen_ai_client_token_usage_bucket{gen_ai_token_type=\"output\",le=\"4\"} 0\n")
            .And.Contain("gen_ai_client_token_usage_bucket{gen_ai_token_type=\"output\",le=\"16\"} 1\n").And.Contain("gen_ai_client_token_usage_sum{gen_ai_token_type=\"output\"} 7\n"));
        Assert.That(text, Does.Contain("gateway_overhead_seconds_count 1\n"));
        Assert.That(text, Does.Contain("gateway_provider_state{provider=\"scripted\"} 0\n"));
        Assert.That(text, Does.Contain("gateway_connections{state=\"busy\"} 1\n").And.Contain("gateway_connections{state=\"idle\"} 0\n"));
        Assert.That(text, Does.Contain("gateway_inflight_streams 0\n"));
        Assert.That(text, Does.Contain("gateway_pool_connections{provider=\"scripted\",state=\"idle\"} 1\n").And.Contain("gateway_pool_connections{provider=\"scripted\",state=\"busy\"} 0\n"));
        Assert.That(text, Does.Contain("gateway_cache_read_ratio{provider=\"scripted\"} 0\n"));
    }

    [Test]
    public async Task Money_is_counted_by_a_vendors_list_where_no_price_is_written()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = Gateway(provider, "\"preset\": \"anthropic\", \"model_map\": { \"claude-*\": \"claude-opus-5-5\" }");
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request);

        Assert.That(
            (await GetAsync(client, "/metrics")).Text,
            Does.Match("gen_ai_client_cost_usd_total\\{provider=\"scripted\",route=\"default\",model=\"[^\"]*\"\\} 0.00016\n"), "5 tokens at 4 and 7 at 20 dollars a million");
    }

    [Test]
    public async Task Metrics_tell_how_much_of_the_input_came_from_the_cache()
    {
        var answer = Samples.Answer.Replace("\"input_tokens\":5", "\"input_tokens\":10,\"cache_read_input_tokens\":75,\"cache_creation_input_tokens\":15", StringComparison.Ordinal);
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(answer) };
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request);

        Assert.That((await GetAsync(client, "/metrics")).Text, Does.Contain("gateway_cache_read_ratio{provider=\"scripted\"} 0.75\n"));
    }

    [Test]
    public async Task Metrics_tell_who_is_left_alone_and_how_many_connections_are_at_work()
    {
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                isAsked.TrySetResult();
                await mayAnswer.Task.Soon();
                await exchange.AnswerJsonAsync("{}", 429, "retry-after: 3600\r\nconnection: close\r\n");
            },
        };
        await using var gateway = Gateway(provider);
        using var waiting = await gateway.ConnectAsync();
        using var client = await gateway.ConnectAsync();

        await waiting.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await isAsked.Task.Soon();
        Assert.That((await GetAsync(client, "/metrics")).Text, Does.Contain("gateway_pool_connections{provider=\"scripted\",state=\"busy\"} 1\n"));
        mayAnswer.SetResult();
        _ = await waiting.ReadAsync();

        var text = (await GetAsync(client, "/metrics")).Text;
        Assert.That(text, Does.Contain("gateway_pool_connections{provider=\"scripted\",state=\"busy\"} 0\n").And.Contain("gateway_pool_connections{provider=\"scripted\",state=\"idle\"} 0\n"));
        Assert.That(text, Does.Match("gateway_cooldowns_total\\{provider=\"scripted\",reason=\"rate_limited\"\\} [1-9]"));
    }

    [Test]
    public async Task Made_up_models_can_not_blow_up_a_scrape()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = Gateway(provider, "\"models\": [\"*\"]");
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 300; i++)
        {
            _ = await client.PostAsync(System.Text.Encoding.UTF8.GetBytes($$"""{"model":"m{{i}}","max_tokens":1,"messages":[{"role":"user","content":"x"}]}"""));
        }

        var text = (await GetAsync(client, "/metrics")).Text;
        Assert.That(text.Split('\n').Count(line => line.Length > 0 && line[0] != '#'), Is.LessThan(2_000));
        Assert.That(text, Does.Contain("model=\"other\""));
        Assert.That(text, Does.Match("gateway_label_overflows_total [1-9]"));
    }

    [Test]
    public async Task A_large_configuration_can_not_blow_up_a_scrape_either()
    {
        const int Providers = 40;
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        var entries = string.Join(",", Enumerable.Range(0, Providers).Select(i => $$"""
            "p{{i}}": { "base_url": "{{provider.Url}}", "models": ["*"], "requests_per_minute": 1000, "keys": [ { "key": "k", "limit_group": "g", "requests_per_minute": 1000 }, { "key": "l", "limit_group": "g", "requests_per_minute": 1000 } ] }
            """));
        var clients = Enumerable.Range(0, Providers).Select(i => $"c{i}").ToList();
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "p0", "providers": { {{entries}} },
              "clients": { {{string.Join(",", clients.Select(name => $"\"{name}\": {{ \"key\": \"a-key-of-16-chars-{name}\" }}"))}} },
              "budgets": { {{string.Join(",", clients.Select(name => $"\"{name}\": {{ \"daily_usd\": 1 }}"))}} } }
            """, stateDirectory: _state);
        using var client = await gateway.ConnectAsync();
        for (var i = 0; i < 100; i++)
        {
            await client.PostAsync(Samples.Message($"m{i}"), "x-api-key: a-key-of-16-chars-c1", $"x-gateway-provider: p{i % Providers}");
        }

        var text = (await GetAsync(client, "/metrics", $"x-management-key: {Key}")).Text;
        var series = text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]).ToList();
        Assert.That(series, Has.Count.InRange(1_000, 2_000).And.Unique);
        Assert.That(text, Does.Contain("{provider=\"other\""));
    }

    [Test]
    public async Task Metrics_come_as_json_where_that_is_asked_for()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request);
        var json = (await GetAsync(client, "/metrics", "accept: application/json")).Json;

        Assert.That(json.GetProperty("total_requests").GetInt64(), Is.EqualTo(1));
        Assert.That(json.GetProperty("successful_requests").GetInt64(), Is.EqualTo(1));
        Assert.That(json.GetProperty("failed_requests").GetInt64(), Is.Zero);
        Assert.That(json.GetProperty("success_rate").GetDouble(), Is.EqualTo(1));
        Assert.That(json.GetProperty("average_response_time_ms").GetDouble(), Is.GreaterThan(0));
    }

    [TestCase("/health")]
    [TestCase("/health/detailed")]
    [TestCase("/livez")]
    [TestCase("/readyz")]
    [TestCase("/providers")]
    [TestCase("/providers/scripted")]
    [TestCase("/requests/recent")]
    [TestCase("/openapi.json")]
    public async Task A_page_is_json(string path)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();

        var response = await GetAsync(client, path);

        Assert.That((response.Status, response.Json.ValueKind), Is.EqualTo((200, JsonValueKind.Object)));
        Assert.That(response.Text, Does.Not.Contain("the-providers-key"));
    }

    [Test]
    public async Task Every_page_of_the_document_is_there()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();
        foreach (var path in (await GetAsync(client, "/openapi.json")).Json.GetProperty("paths").EnumerateObject().Where(path => path.Name != "/events"))
        {
            var methods = path.Value.EnumerateObject().Select(method => method.Name.ToUpperInvariant()).ToList();
            foreach (var method in (string[])["GET", "POST", "PUT"])
            {
                await client.AskAsync($"{method} {path.Name.Replace("{name}", "scripted", StringComparison.Ordinal)}", "content-length: 0");
                var answer = await client.ReadAsync();
                Assert.That(answer.Status, methods.Contains(method) ? Is.Not.EqualTo(404).And.Not.EqualTo(405) : Is.EqualTo(405), $"{method} {path.Name}");
                if (answer.Status == 405)
                {
                    Assert.That(answer.Head["allow"]!.Replace(", HEAD", "", StringComparison.Ordinal).Split(", "), Is.EquivalentTo(methods), path.Name);
                }
            }
        }
    }

    [Test]
    public async Task The_last_exchanges_are_kept_without_a_word_of_what_was_said()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request, "x-claude-code-session-id: 0190-session");
        var recent = (await GetAsync(client, "/requests/recent")).Json.GetProperty("requests");

        Assert.That(recent.GetArrayLength(), Is.EqualTo(1));
        Assert.That(recent[0].GetProperty("provider").GetString(), Is.EqualTo("scripted"));
        Assert.That(recent[0].GetProperty("session").GetString(), Is.EqualTo("0190-session"));
        Assert.That(recent[0].GetRawText(), Does.Not.Contain("Hello"));
    }

    [Test]
    public async Task Exchanges_can_be_followed_as_they_end()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = Gateway(provider);
        using var watcher = await gateway.ConnectAsync();
        await watcher.AskAsync("GET /events");
        _ = await watcher.ReadUntilAsync(": still here");
        using var client = await gateway.ConnectAsync();
        _ = await client.PostAsync(Samples.Request);

        Assert.That(await watcher.ReadUntilAsync("\"stop_reason\""), Does.Contain("event: exchange\n").And.Contain("\"provider\":\"scripted\""));
    }

    [Test]
    public void What_happens_to_the_gateway_itself_is_kept_though_the_log_does_not_want_it()
    {
        var log = new RecordingLogSink(LogLevel.Error);
        var feed = new LifecycleFeed(log, TimeProvider.System);
        var events = new GatewayEvents(feed);
        events.ConfigLoaded("first", 1);
        var seen = feed.Count;

        events.ConfigLoaded("g.json", 2);
        events.UpgradeFailed("no such file");

        var fresh = feed.Since(ref seen);
        Assert.That(fresh.Select(entry => entry.Name), Is.EqualTo((string[])["config_loaded", "upgrade_failed"]));
        Assert.That(JsonElement.Parse(fresh[0].Json).GetProperty("path").GetString(), Is.EqualTo("g.json"));
        Assert.That((log.Lines.Length, feed.Since(ref seen).Count), Is.EqualTo((1, 0)));
        Assert.That(JsonElement.Parse(log.Lines[0]).GetProperty("reason").GetString(), Is.EqualTo("no such file"));
    }

    [Test]
    public void Of_very_many_events_the_last_are_kept()
    {
        var feed = new LifecycleFeed(new RecordingLogSink(), TimeProvider.System);
        for (var i = 0; i < 1_000; i++)
        {
            new GatewayEvents(feed).ConfigLoaded($"{i}", i);
        }

        var seen = 0L;
        var kept = feed.Since(ref seen);
        Assert.That((kept.Count, seen), Is.EqualTo((128, 1_000)));
        Assert.That(JsonElement.Parse(kept[^1].Json).GetProperty("providers").GetInt32(), Is.EqualTo(999));
    }

    [TestCase("POST /config/reload")]
    [TestCase("POST /drain")]
    [TestCase("POST /log-level")]
    [TestCase("POST /providers/scripted/state")]
    public async Task Nothing_is_changed_without_the_key_or_by_what_a_page_could_send(string line)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();

        Assert.That((await SendAsync(client, line, "{}", "content-type: application/json")).Status, Is.EqualTo(401));
        Assert.That((await SendAsync(client, line, "{}", "content-type: application/json", "x-management-key: wrong")).Status, Is.EqualTo(401));
        Assert.That((await SendAsync(client, line, "{}", "content-type: text/plain", $"x-management-key: {Key}")).Status, Is.EqualTo(415));
        Assert.That((await SendAsync(client, line, "{}", "content-type: application/jsonp", $"x-management-key: {Key}")).Status, Is.EqualTo(415));
        Assert.That((await SendAsync(client, line, "{}", "content-type: application/json", $"x-management-key: {Key}", "origin: https://evil.example")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task The_level_of_the_log_is_switched_while_it_runs()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();

        var switched = await SwitchAsync("error");
        _ = await client.PostAsync(Samples.Request);
        var unseen = gateway.Log.Lines;
        var shown = await GetAsync(client, "/log-level");
        _ = await SwitchAsync("info");
        _ = await client.PostAsync(Samples.Request);
        var wrong = await SwitchAsync("loud");

        Assert.That((switched.Text, shown.Text), Is.EqualTo(("""{"level":"error"}""", """{"level":"error"}""")));
        Assert.That(unseen, Has.None.Contain("\"exchange\""));
        Assert.That(gateway.Log.Lines, Has.Some.Contain("\"exchange\""));
        Assert.That((wrong.Status, gateway.Log.Minimum), Is.EqualTo((400, LogLevel.Info)));

        Task<RawResponse> SwitchAsync(string level) => SendAsync(
            client, "POST /log-level", $$"""{"level":"{{level}}"}""", "content-type: application/json", $"x-management-key: {Key}");
    }

    [Test]
    public async Task A_provider_is_drained_and_taken_back_by_hand()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();

        var drained = await MarkAsync(client, "drain");
        var refused = await client.PostAsync(Samples.Request);
        var ready = await GetAsync(client, "/readyz");
        var back = await MarkAsync(client, "auto");
        var served = await client.PostAsync(Samples.Request);
        var wrong = await MarkAsync(client, "happy");

        Assert.That(drained.Json.GetProperty("state").GetString(), Is.EqualTo("disabled"));
        Assert.That((refused.Status, ready.Status), Is.EqualTo((529, 200)), "the gateway takes requests, and says itself that nobody answers them");
        Assert.That((back.Json.GetProperty("state").GetString(), served.Status), Is.EqualTo(("healthy", 200)));
        Assert.That((wrong.Status, wrong.ErrorMessage), Is.EqualTo((400, wrong.ErrorMessage)));
        Assert.That(wrong.ErrorMessage, Does.StartWith("state: expected"));
    }

    [Test]
    public async Task Where_clients_have_keys_a_look_takes_the_management_key()
    {
        await using var provider = new ScriptedProvider();
        var digest = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("a-key-of-16-chars"u8));
        await using var gateway = new TestGateway(
            kind,
            $$"""{ "default_provider": "p", "clients": { "c": { "key_sha256": "{{digest}}" } }, "providers": { "p": { "base_url": "{{provider.Url}}", "auth": "none" } } }""",
            stateDirectory: _state);
        using var client = await gateway.ConnectAsync();

        Assert.That((await GetAsync(client, "/providers")).Status, Is.EqualTo(401));
        Assert.That((await GetAsync(client, "/providers", "x-management-key: a-key-of-16-chars")).Status, Is.EqualTo(401), "a client's key opens no management");
        Assert.That((await GetAsync(client, "/providers", $"x-management-key: {Key}")).Status, Is.EqualTo(200));
        Assert.That((await GetAsync(client, "/health")).Status, Is.EqualTo(200));
    }

    [Test]
    public void The_key_is_its_owners_alone()
    {
        _ = ManagementKey.Load(_state);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.That(File.GetUnixFileMode(Path.Combine(_state, "management.key")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Key, Has.Length.EqualTo(64));
    }

    [Test]
    public async Task A_route_is_explained_and_nothing_is_sent()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /route", Samples.Request, "content-type: application/json");
        var answer = await client.ReadAsync();

        Assert.That(answer.Json.GetProperty("route").GetString(), Is.EqualTo("default"));
        Assert.That(provider.Requests, Is.Empty);
    }

    private TestGateway Gateway(ScriptedProvider provider, string members = "\"models\": [\"*\"]") =>
        new(kind, TestGateway.ConfigFor(provider, $"\"api_key\": \"the-providers-key\", {members}"), stateDirectory: _state);

    private Task<RawResponse> MarkAsync(RawClient client, string state) => SendAsync(
        client, "POST /providers/scripted/state", $$"""{"state":"{{state}}"}""", "content-type: application/json", $"x-management-key: {Key}");

    private static async Task<RawResponse> GetAsync(RawClient client, string path, params string[] fields)
    {
        await client.AskAsync($"GET {path}", fields);
        return await client.ReadAsync();
    }

    private static async Task<RawResponse> SendAsync(RawClient client, string line, string body, params string[] fields)
    {
        await client.SendAsync(line, System.Text.Encoding.UTF8.GetBytes(body), fields);
        return await client.ReadAsync();
    }
}
