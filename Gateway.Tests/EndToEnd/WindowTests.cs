using System.Text.Json;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>A conversation that is too long: a larger window where there is one, else the words that make Claude Code compact it.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class WindowTests(TransportKind kind)
{
    private const string LocalWords = """{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":8192}}""";

    [Test]
    public async Task The_next_with_a_larger_window_is_asked_and_the_others_are_not()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(LocalWords, 400) };
        await using var small = new ScriptedProvider();
        await using var large = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "auth": "none", "context_window": 100000 },
                "small": { "base_url": "{{small.Url}}", "auth": "none", "context_window": 50000 },
                "large": { "base_url": "{{large.Url}}", "auth": "none", "context_window": 200000 } },
              "routes": [ { "targets": ["first", "small", "large"] } ] }
            """);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That((response.Status, response.Head["x-gateway-provider"]), Is.EqualTo((200, "large")), response.Text);
        Assert.That(small.Requests, Is.Empty);
    }

    [TestCase(LocalWords, 400, "prompt is too long: 9000 tokens > 8192 maximum")]
    [TestCase("""{"error":{"message":"Input exceeds the context window of this model"}}""", 413, "prompt is too long: ")]
    public async Task Words_that_claude_code_does_not_know_are_put_into_those_it_does(string body, int status, string words)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(body, status) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That((response.Status, response.ErrorType), Is.EqualTo((400, "invalid_request_error")));
        Assert.That(response.ErrorMessage, Does.StartWith(words).And.Match(@"\d+ tokens > \d+ maximum"));
    }

    [TestCase("prompt is too long: 210000 tokens > 200000 maximum")]
    [TestCase("input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000")]
    [TestCase("This model's maximum context length is 8192 tokens")]
    public async Task Words_that_it_knows_pass_as_they_are(string words)
    {
        var body = $$$"""{"type":"error", "error":{"type":"invalid_request_error","message":"{{{words}}}"}}""";
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(body, 400) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request)).Text, Is.EqualTo(body));
    }

    [Test]
    public async Task Where_no_window_is_large_enough_nobody_is_asked_and_claude_code_compacts()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"auth\": \"none\", \"context_window\": 1000"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Message("claude-test", new string('x', 7_200)));

        Assert.That((response.Status, response.ErrorType), Is.EqualTo((400, "invalid_request_error")));
        Assert.That(response.ErrorMessage, Does.Match(@"^prompt is too long: 20\d\d tokens > 1000 maximum\. .*scripted takes at most 1000 tokens"));
        Assert.That(provider.Requests, Is.Empty);
    }

    [TestCase("small-1", "second")]
    [TestCase("large-1", "first")]
    [TestCase("other", "first")]
    public async Task The_window_is_the_models_own(string model, string provider)
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, $$"""
            { "providers": {
                "first": { "base_url": "{{first.Url}}", "auth": "none", "context_window": 100000,
                  "model_facts": { "small-*": { "context_window": 1000 }, "large-1": { "context_window": 200000 } } },
                "second": { "base_url": "{{second.Url}}", "auth": "none", "context_window": 50000 } },
              "routes": [ { "targets": ["first", "second"] } ] }
            """);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Message(model, new string('x', 7_200)));

        Assert.That((response.Status, response.Head["x-gateway-provider"]), Is.EqualTo((200, provider)), response.Text);
    }

    [TestCase("x-gateway-provider: scripted", "claude-test")]
    [TestCase("x-other: 1", "scripted/claude-test")]
    public async Task Nothing_goes_to_a_provider_that_can_not_do_it_though_the_client_names_it(string field, string model)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"auth\": \"none\", \"supports_streaming\": false"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Message(model), field);

        Assert.That((response.Status, response.ErrorMessage), Is.EqualTo((400, "No provider of route 'client' can serve this request: scripted lacks streaming.")));
        Assert.That(provider.Requests, Is.Empty);
    }

    [Test]
    public async Task A_dry_run_explains_that_nobody_can()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"auth\": \"none\", \"supports_tools\": false, \"supports_streaming\": false"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request, "x-gateway-dry-run: 1");

        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        Assert.That(response.Json.GetProperty("order").GetArrayLength(), Is.Zero);
        Assert.That(response.Json.GetProperty("candidates")[0].GetProperty("reason").GetString(), Is.EqualTo("lacks streaming"));
        Assert.That(response.Json.GetProperty("refusal").GetString(), Does.Contain("scripted lacks streaming"));
        Assert.That(response.Json.GetProperty("candidates").ValueKind, Is.EqualTo(JsonValueKind.Array));
        Assert.That(provider.Requests, Is.Empty);
    }
}
