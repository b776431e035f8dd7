using System.Text;
using System.Text.Json;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Tools that speak OpenAI's dialect, on the same routes as Claude Code.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ChatClientTests(TransportKind kind)
{
    private const string Question = """{"model":"claude-test","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}]%}""";

    [TestCase("/openai/v1/chat/completions")]
    [TestCase("/v1/chat/completions")]
    public async Task A_completion_comes_from_a_provider_of_anthropics_dialect(string path)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client, path, "");

        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        Assert.That(response.Json.GetProperty("object").GetString(), Is.EqualTo("chat.completion"));
        Assert.That(response.Json.GetProperty("choices")[0].GetProperty("finish_reason").GetString(), Is.EqualTo("stop"));
        Assert.That(response.Head["x-gateway-provider"], Is.EqualTo("scripted"));
        var request = JsonElement.Parse(provider.Request.Body);
        Assert.That(provider.Request.Head.FirstLine, Is.EqualTo("POST /v1/messages HTTP/1.1"));
        Assert.That(provider.Request.Head["anthropic-version"], Is.EqualTo("2023-06-01"));
        Assert.That(request.GetProperty("system").GetRawText(), Does.Contain("Be brief."));
        Assert.That(request.GetProperty("messages").GetArrayLength(), Is.EqualTo(1));
    }

    [TestCase("")]
    [TestCase(",\"stream\":true")]
    public async Task An_answer_bears_the_name_that_the_client_asked_for(string more)
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange => more.Length > 0 ? exchange.StreamAsync(Samples.Events) : exchange.AnswerJsonAsync(Samples.Answer),
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"auth\": \"none\", \"model_map\": { \"gpt-4o\": \"claude-x\" }"));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync(
            "POST /openai/v1/chat/completions", Encoding.UTF8.GetBytes($$"""{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]{{more}}}"""), "content-type: application/json");
        var text = more.Length > 0 ? await client.ReadPayloadUntilAsync("[DONE]") : (await client.ReadAsync()).Text;

        Assert.That(JsonElement.Parse(provider.Request.Body).GetProperty("model").GetString(), Is.EqualTo("claude-x"));
        Assert.That(text, Does.Contain("\"model\":\"gpt-4o\"").And.Not.Contain("\"model\":\"m\""));
    }

    [TestCase("claude-test", 2048)]
    [TestCase("claude-small", 512)]
    [TestCase("scripted/claude-small", 512)]
    public async Task A_client_that_sets_no_limit_gets_the_models(string model, int most)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(
            provider, "\"auth\": \"none\", \"max_output_tokens\": 2048, \"model_facts\": { \"claude-small\": { \"max_output_tokens\": 512 } }"));
        using var client = await gateway.ConnectAsync();

        var body = Encoding.UTF8.GetBytes($$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hello"}]}""");
        await client.SendAsync("POST /v1/chat/completions", body, "content-type: application/json");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        Assert.That(JsonElement.Parse(provider.Request.Body).GetProperty("max_tokens").GetInt32(), Is.EqualTo(most));
    }

    [Test]
    public async Task A_stream_comes_in_chunks_and_is_done()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client, "/v1/chat/completions", ""","stream":true,"stream_options":{"include_usage":true}""");

        Assert.That((response.Status, response.IsWhole), Is.EqualTo((200, true)));
        var events = response.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(events[^1], Is.EqualTo("data: [DONE]"));
        var chunks = events[..^1].Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonElement.Parse(Encoding.UTF8.GetBytes(line[6..]))).ToList();
        Assert.That(chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString(), Is.EqualTo("assistant"));
        Assert.That(chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt64(), Is.GreaterThan(0));
    }

    [Test]
    public async Task A_stream_that_breaks_is_never_done()
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Samples.Events[0] + Samples.Events[1] + Samples.Events[3]);
                exchange.Connection.Dispose();
            },
        };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client, "/v1/chat/completions", ""","stream":true""");

        Assert.That(response.Text, Does.Contain("\"error\"").And.Not.Contain("[DONE]"));
    }

    [Test]
    public async Task Errors_have_openais_shape()
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange => exchange.AnswerJsonAsync(
                """{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}}""", 429, "retry-after: 7\r\n"),
        };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var limited = await AskAsync(client, "/v1/chat/completions", "");
        var wrong = await AskAsync(client, "/v1/chat/completions", ""","n":3""");

        Assert.That((limited.Status, limited.Head["retry-after"]), Is.EqualTo((429, "7")));
        Assert.That(limited.Json.GetProperty("error").GetProperty("message").GetString(), Is.EqualTo("Slow down"));
        Assert.That((wrong.Status, wrong.Json.GetProperty("error").GetProperty("type").GetString()), Is.EqualTo((400, "invalid_request_error")));
    }

    [Test]
    public async Task A_failing_provider_is_replaced_for_them_too()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("{}", 500) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "auth": "none" },
                "second": { "base_url": "{{second.Url}}", "auth": "none", "models": ["*"] } } }
            """);
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client, "/v1/chat/completions", ""","stream":true""");

        Assert.That(response.Text, Does.EndWith("data: [DONE]\n\n"));
        Assert.That(response.Head["x-gateway-provider"], Is.EqualTo("second"));
    }

    [Test]
    public async Task The_models_come_in_openais_shape()
    {
        await using var gateway = new TestGateway(kind, "{}");
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /openai/v1/models");
        var list = (await client.ReadAsync()).Json;
        var id = list.GetProperty("data")[0].GetProperty("id").GetString();
        await client.AskAsync($"GET /v1/models/{id}");
        var one = (await client.ReadAsync()).Json;
        await client.AskAsync("GET /v1/models/none");
        var none = await client.ReadAsync();

        Assert.That(list.GetProperty("object").GetString(), Is.EqualTo("list"));
        Assert.That((one.GetProperty("id").GetString(), one.GetProperty("object").GetString()), Is.EqualTo((id, "model")));
        Assert.That(none.Status, Is.EqualTo(404));
    }

    private static async Task<RawResponse> AskAsync(RawClient client, string path, string more)
    {
        await client.SendAsync($"POST {path}", Encoding.UTF8.GetBytes(Question.Replace("%", more, StringComparison.Ordinal)), "content-type: application/json");
        return await client.ReadAsync();
    }
}
