using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>What other endpoints than that of messages answer says nothing about a model, and who asks is nobody's business.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class EndpointHealthTests(TransportKind kind)
{
    [TestCase("POST /anthropic/v1/messages/count_tokens")]
    [TestCase("GET /anthropic/v1/models")]
    [TestCase("POST /anthropic/v1/messages/batches")]
    public async Task Errors_of_other_endpoints_never_touch_a_models_health(string request)
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "first",
              "providers": { "first": { "base_url": "{{first.Url}}", "api_key": "k" }, "second": { "base_url": "{{second.Url}}", "auth": "none" } },
              "routes": [ { "targets": ["first", "second"] } ] }
            """);
        using var client = await gateway.ConnectAsync();

        foreach (var status in (int[])[404, 404, 429, 500, 500, 500, 500, 500, 529, 401, 403])
        {
            first.Next(exchange => exchange.AnswerJsonAsync("{}", status));
            await client.SendAsync(request, Samples.Request, "content-type: application/json");
            _ = await client.ReadAsync();
            await client.AskAsync("GET /providers/first");
            Assert.That((await client.ReadAsync()).Json.GetProperty("state").GetString(), Is.EqualTo("healthy"), $"after {status}");
        }

        Assert.That(first.Requests, Is.Not.Empty, "it was asked");
    }

    [TestCase("")]
    [TestCase("User-Agent: curl/8.5.0\r\n")]
    [TestCase("User-Agent: claude-cli/9.9.9 (external, nobody)\r\nx-app: other\r\n")]
    public async Task A_client_is_served_whoever_it_says_it_is(string fields)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("""{"input_tokens":7}""") };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var body = """{"model":"claude-test","messages":[{"role":"user","content":"no metadata"}]}""";

        await client.SendAsync($"POST /anthropic/v1/messages/count_tokens HTTP/1.1\r\nHost: localhost\r\n{fields}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.That((await client.ReadAsync()).Text, Is.EqualTo("""{"input_tokens":7}"""));
        Assert.That(provider.Request.Body, Is.EqualTo(Encoding.UTF8.GetBytes(body)));
    }
}
