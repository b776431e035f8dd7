using System.Security.Cryptography;
using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>A client and a provider that both speak OpenAI's dialect: what is between them is bytes.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ChatBytesTests(TransportKind kind)
{
    private const string Path = "POST /openai/v1/chat/completions";

    // What nobody may touch: white space, escapes, numbers as they are spelled, members nobody knows, the same member twice.
    private const string Question =
        """
        { "unknown":[1.50, -0.0 ,1E+2,null], "model" :"claude-test", "messages":[ {"role":"user","content":"é\u00e9 世界 \"model\":\"no\""} ],
          "logprobs":true,"seed": 7, "seed":8 %}
        """;

    private static readonly string[] Chunks =
    [
        ": a comment\n\n",
        "data: {\"id\":\"c1\",  \"object\":\"chat.completion.chunk\",\"model\":\"up\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}],\"padding\":\"xx\"}\n\n",
        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße, 世界 🌍\"},\"logprobs\":{\"content\":[]}}]}\r\n\r\n",
        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
        "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":21,\"completion_tokens\":9,\"total_tokens\":30}}\n\n",
        "data: [DONE]\n\n",
    ];

    private static string Answer { get; } =
        """{"id":"c1", "object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Grüße"},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":21,"completion_tokens":9,"total_tokens":30}, "system_fingerprint":"fp"}""";

    [Test]
    public async Task A_request_and_its_answer_pass_as_they_are()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Answer, fields: "x-vendor: a\r\n") };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Speaks()));
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client);

        Assert.That(Hash(response.Body), Is.EqualTo(Hash(Encoding.UTF8.GetBytes(Answer))));
        Assert.That(Hash(provider.Request.Body), Is.EqualTo(Hash(Body())));
        Assert.That(provider.Request.Head.FirstLine, Is.EqualTo("POST /chat/completions HTTP/1.1"));
        Assert.That((provider.Request.Head["authorization"], provider.Request.Head.Has("anthropic-version")), Is.EqualTo(("Bearer the-providers-key", false)));
        Assert.That((response.Head["x-vendor"], response.Head["x-gateway-provider"]), Is.EqualTo(("a", "scripted")));
        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Some.Contain("\"input_tokens\":21").And.Contain("\"output_tokens\":9"));
    }

    [Test]
    public async Task Of_a_mapped_model_only_the_name_is_exchanged()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Answer) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Speaks(""" "model_map": { "claude-*": "vendor/big" } """)));
        using var client = await gateway.ConnectAsync();

        _ = await AskAsync(client);

        var expected = Encoding.UTF8.GetString(Body()).Replace("\"claude-test\"", "\"vendor/big\"", StringComparison.Ordinal);
        Assert.That(Hash(provider.Request.Body), Is.EqualTo(Hash(Encoding.UTF8.GetBytes(expected))));
    }

    [Test]
    public async Task A_stream_passes_as_it_is_and_its_tokens_are_counted()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Chunks) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Speaks()));
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client, ",\"stream\":true");

        Assert.That(Hash(response.Body), Is.EqualTo(Hash(Encoding.UTF8.GetBytes(string.Concat(Chunks)))));
        Assert.That((response.Status, response.IsWhole), Is.EqualTo((200, true)));
        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Some.Contain("\"input_tokens\":21").And.Contain("\"output_tokens\":9"));
    }

    [Test]
    public async Task What_no_other_dialect_has_passes_too()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Answer) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Speaks()));
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client, ",\"n\":3");

        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        Assert.That(Hash(provider.Request.Body), Is.EqualTo(Hash(Body(",\"n\":3"))));
    }

    [Test]
    public async Task An_error_keeps_its_bytes()
    {
        const string Error = """{"error": {"message":"This model's maximum context length is 8 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""";
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Error, 400) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Speaks()));
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client);

        Assert.That((response.Status, response.Text), Is.EqualTo((400, Error)));
    }

    [Test]
    public async Task A_refused_key_of_ours_is_not_quoted_to_the_client()
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange => exchange.AnswerJsonAsync("""{"error":{"message":"Incorrect API key: the-providers-key","code":"invalid_api_key"}}""", 401),
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Speaks()));
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client);

        Assert.That(response.Text, Does.Contain("\"error\"").And.Not.Contain("the-providers-key").And.Not.Contain("request_id"));
    }

    [Test]
    public async Task A_cut_stream_ends_in_an_error_and_is_never_done()
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Chunks[1] + Chunks[2] + Chunks[3][..20]);
                exchange.Connection.Dispose();
            },
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Speaks()));
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client, ",\"stream\":true");

        Assert.That(response.IsWhole, Is.False);
        Assert.That(response.Text, Does.StartWith(Chunks[1] + Chunks[2]).And.Contain("data: {\"error\"").And.Not.Contain("[DONE]"));
    }

    [TestCase("openai", "anthropic")]
    [TestCase("anthropic", "openai")]
    public async Task A_failing_provider_is_replaced_by_one_of_the_other_dialect(string first, string second)
    {
        await using var failing = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("{}", 500) };
        await using var sound = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(second == "openai" ? Chunks : Samples.Events) };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{failing.Url}}", "auth": "none", "dialect": "{{first}}" },
                "second": { "base_url": "{{sound.Url}}", "auth": "none", "dialect": "{{second}}", "models": ["*"] } } }
            """);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync(Path, """{"model":"claude-test","messages":[{"role":"user","content":"Hello"}],"stream":true}"""u8.ToArray(), "content-type: application/json");
        var response = await client.ReadAsync();

        Assert.That((response.Head["x-gateway-provider"], response.IsWhole), Is.EqualTo(("second", true)));
        Assert.That(response.Text, Does.Contain("Grüße, 世界 🌍").And.EndWith("data: [DONE]\n\n"));
    }

    [Test]
    public async Task What_only_this_dialect_has_goes_to_a_provider_that_speaks_it()
    {
        await using var first = new ScriptedProvider();
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Answer) };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "auth": "none" },
                "second": { "base_url": "{{second.Url}}", "auth": "none", "dialect": "openai", "models": ["*"] } } }
            """);
        using var client = await gateway.ConnectAsync();

        var response = await AskAsync(client);

        Assert.That((response.Status, response.Head["x-gateway-provider"]), Is.EqualTo((200, "second")));
        Assert.That(first.ConnectionCount, Is.Zero);
    }

    private static string Speaks(string more = "") =>
        "\"dialect\": \"openai\", \"auth\": \"bearer\", \"api_key\": \"the-providers-key\"" + (more.Length > 0 ? "," + more : "");

    private static byte[] Body(string more = "") => Encoding.UTF8.GetBytes(Question.Replace("%", more, StringComparison.Ordinal));

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    private static async Task<RawResponse> AskAsync(RawClient client, string more = "")
    {
        await client.SendAsync(Path, Body(more), "content-type: application/json");
        return await client.ReadAsync();
    }
}
