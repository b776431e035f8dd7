using System.Text.Json;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class PathTests(TransportKind kind)
{
    [TestCase("/")]
    [TestCase("/anthropic")]
    [TestCase("/api/hello")]
    [TestCase("/anthropic/api/hello")]
    [TestCase("/health")]
    public async Task Probes_are_answered_and_leave_the_connection_open(string path)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync($"HEAD {path}");

        Assert.That((await client.ReadAsync(toHead: true)).Status, Is.EqualTo(200));
        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Health_tells_the_state_in_json()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /health?verbose=1");
        var response = await client.ReadAsync();

        Assert.That(response.Head["content-type"], Is.EqualTo("application/json"));
        Assert.That(response.Json.GetProperty("status").GetString(), Is.EqualTo("ok"));
        Assert.That(response.Json.GetProperty("default_provider").GetString(), Is.EqualTo("scripted"));
    }

    [TestCase("GET /nothing/here", 404, "not_found_error")]
    [TestCase("POST /v1/messages", 404, "not_found_error")]
    [TestCase("GET /anthropic/v2/messages", 404, "not_found_error")]
    [TestCase("GET /rawness", 404, "not_found_error")]
    [TestCase("GET /anthropic/v1/messages", 405, "invalid_request_error")]
    [TestCase("DELETE /anthropic/v1/messages?beta=true", 405, "invalid_request_error")]
    [TestCase("GET /anthropic/v1/messages/count_tokens", 405, "invalid_request_error")]
    [TestCase("DELETE /anthropic/v1/models", 405, "invalid_request_error")]
    public async Task What_nothing_answers_is_refused_and_reaches_nobody(string requestLine, int status, string type)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync(requestLine);
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(status));
        Assert.That(response.ErrorType, Is.EqualTo(type));
        Assert.That(response.Head.Has("allow"), Is.EqualTo(status == 405));
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [TestCase("GET /anthropic/v1/messages/batches/msgbatch_1/results?limit=2")]
    [TestCase("DELETE /anthropic/v1/files/file_1")]
    [TestCase("GET /anthropic/v1/something/that/comes/later")]
    public async Task Other_api_paths_go_to_the_default_provider_with_its_credential(string requestLine)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync(requestLine, "x-api-key: the-clients", "anthropic-version: 2023-06-01");

        Assert.That((await client.ReadAsync()).Text, Is.EqualTo("{}"));
        Assert.That(provider.Request.Head.FirstLine, Is.EqualTo(requestLine.Replace("/anthropic", "", StringComparison.Ordinal) + " HTTP/1.1"));
        Assert.That(provider.Request.Head["x-api-key"], Is.EqualTo("the-providers-key"));
        Assert.That(provider.Request.Head["anthropic-version"], Is.EqualTo("2023-06-01"));
    }

    [Test]
    public async Task Tokens_are_counted_by_the_provider_and_need_no_max_tokens()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.AnswerJsonAsync("""{"input_tokens":11}"""));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var body = """{"model":"m","messages":[{"role":"user","content":"x"}]}"""u8.ToArray();

        await client.SendAsync("POST /anthropic/v1/messages/count_tokens?beta=true", body);

        Assert.That((await client.ReadAsync()).Text, Is.EqualTo("""{"input_tokens":11}"""));
        Assert.That(provider.Request.Head.FirstLine, Is.EqualTo("POST /v1/messages/count_tokens?beta=true HTTP/1.1"));
        Assert.That(provider.Request.Body, Is.EqualTo(body));
    }

    [Test]
    public async Task The_models_of_all_providers_come_in_one_list_each_once()
    {
        await using var first = new ScriptedProvider();
        first.Otherwise = exchange => exchange.AnswerJsonAsync("""{"data":[{"id":"claude-a","display_name":"A","extra":1},{"id":"claude-b"}],"has_more":true}""");
        await using var second = new ScriptedProvider();
        second.Otherwise = exchange => exchange.AnswerJsonAsync("""{"object":"list","data":[{"id":"claude-b","display_name":"other"},{"id":"vendor/claude-c"}]}""");
        await using var broken = new ScriptedProvider();
        broken.Otherwise = exchange => exchange.AnswerJsonAsync("<html>", status: 500);
        await using var gateway = new TestGateway(kind, $$"""
            {
              "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "api_key": "one" },
                "second": { "base_url": "{{second.Url}}/base", "api_key": "two", "auth": "bearer", "models": ["claude-d", "claude-*"] },
                "broken": { "base_url": "{{broken.Url}}", "auth": "none" }
              }
            }
            """);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /anthropic/v1/models?limit=1000", "x-api-key: the-clients");
        var list = (await client.ReadAsync()).Json;

        string[] expected = ["claude-a", "claude-b", "vendor/claude-c", "claude-d"];
        Assert.That(list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()), Is.EqualTo(expected));
        Assert.That(list.GetProperty("data")[0].GetProperty("extra").GetInt32(), Is.EqualTo(1));
        Assert.That(list.GetProperty("has_more").ValueKind, Is.EqualTo(JsonValueKind.False));
        Assert.That(list.GetProperty("first_id").GetString(), Is.EqualTo("claude-a"));
        Assert.That(list.GetProperty("last_id").GetString(), Is.EqualTo("claude-d"));
        Assert.That(first.Request.Head["x-api-key"], Is.EqualTo("one"));
        Assert.That(second.Request.Head["authorization"], Is.EqualTo("Bearer two"));
        Assert.That(second.Request.Head.FirstLine, Is.EqualTo("GET /base/v1/models?limit=1000 HTTP/1.1"));
    }

    [Test]
    public async Task A_clients_own_credential_lists_the_models_of_the_provider_it_is_meant_for_and_of_no_other()
    {
        await using var own = new ScriptedProvider();
        own.Otherwise = exchange => exchange.AnswerJsonAsync("""{"data":[{"id":"claude-a"}]}""");
        await using var other = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, $$"""
            {
              "default_provider": "own",
              "providers": { "own": { "base_url": "{{own.Url}}", "auth": "client" }, "other": { "base_url": "{{other.Url}}", "auth": "none" } }
            }
            """);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /anthropic/v1/models", "authorization: Bearer mine");
        _ = await client.ReadAsync();

        Assert.That(own.Request.Head["authorization"], Is.EqualTo("Bearer mine"));
        Assert.That(other.Request.Head.Text, Does.Not.Contain("mine"));
    }

    [Test]
    public async Task A_client_that_leaves_while_models_are_listed_lets_the_providers_go()
    {
        var hasBegun = new TaskCompletionSource();
        await using var provider = new ScriptedProvider();
        provider.Next(exchange =>
        {
            hasBegun.SetResult();
            return exchange.HangAsync();
        });
        // No deadline can help: time stands still.
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider), time: new ManualTime());
        using (var client = await gateway.ConnectAsync())
        {
            await client.AskAsync("GET /anthropic/v1/models");
            await hasBegun.Task.Soon();
        }

        await provider.Connections[0].Closed;
    }

    [Test]
    public async Task One_model_is_asked_of_who_serves_it()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.AnswerJsonAsync("""{"id":"claude-z"}"""));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /anthropic/v1/models/claude-z");

        Assert.That((await client.ReadAsync()).Text, Is.EqualTo("""{"id":"claude-z"}"""));
        Assert.That(provider.Request.Head.FirstLine, Is.EqualTo("GET /v1/models/claude-z HTTP/1.1"));
    }

    [Test]
    public async Task A_model_goes_to_the_provider_that_names_it()
    {
        await using var provider = new ScriptedProvider();
        await using var other = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, $$"""
            {
              "default_provider": "one",
              "providers": {
                "one": { "base_url": "{{provider.Url}}", "auth": "none", "models": ["claude-*"] },
                "other": { "base_url": "{{other.Url}}", "auth": "none", "models": ["gpt-*"] }
              }
            }
            """);
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Message("gpt-9"));
        _ = await client.PostAsync(Samples.Message("claude-x"));
        _ = await client.PostAsync(Samples.Message("unheard-of"));

        Assert.That(other.Requests, Has.Length.EqualTo(1));
        Assert.That(provider.Requests, Has.Length.EqualTo(2));
    }
}
