using System.Text.Json;
using Gateway.Host.Cli;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Cli;

/// <summary>Commands that ask a running gateway: a true one where it has the page, a scripted one for the management API.</summary>
[TestFixture]
internal sealed class ClientCommandTests
{
    private const string Providers = """
        {"providers":[
          {"name":"zai","state":"ready","enabled":true,"dialect":"anthropic","base_url":"https://api.z.ai","in_flight":2,"latency_ms":312.4,"success_rate":0.995,"models":["glm-*"],"keys":[{"limit_group":"a","state":"ready"},{"limit_group":"b","state":"limited"}]},
          {"name":"spare","state":"ready","enabled":false,"dialect":"openai","base_url":null,"in_flight":0,"latency_ms":null,"success_rate":null,"models":[],"keys":[]}
        ]}
        """;

    private CommandRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandRun();

    [TearDown]
    public void EndRun() => _run.Dispose();

    [Test]
    public async Task A_gateway_that_serves_is_healthy()
    {
        await using var gateway = new TestGateway(TransportKind.Sockets, "{}");
        Assert.That(_run.Run("health", "--url", $"http://{gateway.EndPoint}"), Is.Zero, _run.Errors);
        Assert.That(_run.Output, Does.Match("status +ok\n"));
    }

    [Test]
    public async Task The_gateway_is_where_the_configuration_says()
    {
        await using var gateway = new TestGateway(TransportKind.Sockets, "{}");
        Assert.That(_run.Run("health", "-c", _run.Write("g.json", "{}"), "--port", $"{gateway.EndPoint.Port}", "--json"), Is.Zero, _run.Errors);
        using var json = JsonDocument.Parse(_run.Output);
        Assert.That(json.RootElement.GetProperty("status").GetString(), Is.EqualTo("ok"));
    }

    [Test]
    public void Where_nobody_listens_nobody_is_healthy()
    {
        Assert.That(_run.Run("health", "--url", "http://127.0.0.1:1"), Is.EqualTo(ExitCodes.Failure));
        Assert.That(_run.Errors, Does.StartWith("claude-gateway: http://127.0.0.1:1/: "));
    }

    [TestCase("{ half a fi")]
    [TestCase("""{ "claude_gateway": { "prot": 1 } }""")]
    public void A_configuration_that_does_not_say_where_leads_to_no_gateway(string config)
    {
        Assert.That(_run.Run("status", "-c", _run.Write("g.json", config)), Is.EqualTo(ExitCodes.Configuration));
        Assert.That(_run.Errors, Does.Contain("--url"));
    }

    // It serves with the last good one, and a container must not be ended for what somebody saved just now.
    [Test]
    public async Task A_gateway_that_serves_is_healthy_though_its_file_has_an_error_by_now()
    {
        await using var gateway = new TestGateway(TransportKind.Sockets, "{}");
        var file = _run.Write("g.json", $$"""{ "claude_gateway": { "port": {{gateway.EndPoint.Port}} }, "rotues": [] }""");
        Assert.That(_run.Run("health", "-c", file), Is.Zero, _run.Errors);
        Assert.That(_run.Errors, Does.Contain("rotues"));
    }

    [Test]
    public async Task An_answer_that_is_none_of_a_gateways_is_an_error()
    {
        await using var stranger = Answering("[]");
        Assert.That(_run.Run("providers", "--url", stranger.Url), Is.EqualTo(ExitCodes.Failure));
        Assert.That(_run.Errors, Does.Contain("none of a gateway's"));
        Assert.That(_run.Run("providers", "--url", "nowhere"), Is.EqualTo(ExitCodes.Usage));
    }

    [Test]
    public async Task A_request_is_explained()
    {
        await using var gateway = new TestGateway(TransportKind.Sockets, "{}");
        var file = _run.Write("request.json", """{"model":"claude-opus-5-5","max_tokens":9,"messages":[{"role":"user","content":"Hello"}]}""");
        Assert.That(_run.Run("route", file, "--url", $"http://{gateway.EndPoint}"), Is.Zero, _run.Errors);
        Assert.That(_run.Output, Does.Contain("request for claude-opus-5-5").And.Contain(": synthetic\n").And.Match(@"synthetic +claude-opus-5-5 .* yes "));
    }

    [Test]
    public async Task What_the_gateway_refuses_is_told_in_its_words()
    {
        await using var gateway = new TestGateway(TransportKind.Sockets, "{}");
        Assert.That(_run.Run("route", _run.Write("request.json", "{}"), "--url", $"http://{gateway.EndPoint}"), Is.EqualTo(ExitCodes.Failure));
        Assert.That(_run.Errors, Does.StartWith("claude-gateway: 400: ").And.Contain("model"));
    }

    [Test]
    public async Task A_provider_is_tried_with_a_stream_and_a_tool()
    {
        await using var gateway = new TestGateway(TransportKind.Sockets, "{}");
        Assert.That(_run.Run("test", "synthetic", "-c", _run.Write("g.json", "{}"), "--url", $"http://{gateway.EndPoint}"), Is.Zero, _run.Output + _run.Errors);
        Assert.That(_run.Output, Does.Match("stream +fine ").And.Match("tool call +fine ").And.Match("speed +first content after "));
    }

    [Test]
    public async Task A_stream_that_breaks_off_is_a_failed_trial()
    {
        await using var gateway = new ScriptedProvider();
        gateway.Otherwise = exchange => exchange.StreamAsync("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"gone\"}}\n\n");
        Assert.That(_run.Run("test", "zai", "--model", "glm", "--url", gateway.Url), Is.EqualTo(ExitCodes.Failure));
        Assert.That(_run.Output, Does.Match("stream +BROKEN +gone\n"));
        Assert.That(gateway.Request.Head["x-gateway-provider"], Is.EqualTo("zai"));
    }

    [Test]
    public void A_model_that_nobody_knows_has_to_be_named()
    {
        var file = _run.Write("g.json", """{ "providers": { "zai": { "api_key": "${K}" } } }""");
        Assert.That(_run.Run("test", "zai", "-c", file), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_run.Errors, Does.Contain("--model"));
    }

    [Test]
    public void A_provider_that_nobody_knows_is_named()
    {
        var file = _run.Write("g.json", "{}");
        Assert.That(_run.Run("test", "zai", "-c", file), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_run.Errors, Does.Contain("zai is no provider of the configuration"));
    }

    [Test]
    public async Task Providers_are_a_table()
    {
        await using var gateway = Answering(Providers);
        Assert.That(_run.Run("providers", "--url", gateway.Url), Is.Zero, _run.Errors);
        Assert.That(_run.Output, Does.Match(@"zai +ready +anthropic +2 +312 ms +99\.5% +1 ready, 1 limited +https://api\.z\.ai\n").And.Match("spare +off "));
        Assert.That(gateway.Request.Head.FirstLine, Is.EqualTo("GET /providers HTTP/1.1"));
    }

    [TestCase("reload", "POST /config/reload HTTP/1.1")]
    [TestCase("drain", "POST /drain HTTP/1.1")]
    public async Task Changes_are_proven_by_the_key_that_only_the_user_can_read(string command, string line)
    {
        await using var gateway = Answering("""{"changed":["$.claude_gateway.log_level"]}""");
        _run.Environment["GATEWAY_STATE_DIR"] = _run.Folder;
        _run.Write("management.key", "mk-0123456789\n");
        Assert.That(_run.Run(command, "--url", gateway.Url), Is.Zero, _run.Errors);
        Assert.Multiple(() =>
        {
            Assert.That(gateway.Request.Head.FirstLine, Is.EqualTo(line));
            Assert.That(gateway.Request.Head["x-management-key"], Is.EqualTo("mk-0123456789"));
            Assert.That(gateway.Request.Head["content-type"], Is.EqualTo("application/json"));
            Assert.That(_run.Output, Does.Match(@"changed\[0\] +\$\.claude_gateway\.log_level\n").And.Not.Contain("mk-"));
        });
    }

    [Test]
    public async Task Without_the_key_it_is_said_where_it_would_be()
    {
        await using var gateway = new ScriptedProvider();
        gateway.Otherwise = exchange => exchange.AnswerJsonAsync("""{"error":{"message":"x-management-key is missing"}}""", status: 401);
        _run.Environment["XDG_STATE_HOME"] = _run.Folder;
        Assert.That(_run.Run("reload", "--url", gateway.Url), Is.EqualTo(ExitCodes.Failure));
        Assert.That(_run.Errors, Does.Contain(Path.Combine("claude-gateway", "management.key")).And.Contain("401: x-management-key is missing"));
    }

    [Test]
    public async Task A_client_key_of_the_environment_goes_along()
    {
        await using var gateway = Answering("""{"status":"ok"}""");
        _run.Environment["GATEWAY_CLIENT_KEY"] = "client-0123456789";
        Assert.That(_run.Run("status", "--url", gateway.Url), Is.Zero, _run.Errors);
        Assert.That(gateway.Request.Head["x-gateway-key"], Is.EqualTo("client-0123456789"));
    }

    private static ScriptedProvider Answering(string json)
    {
        var gateway = new ScriptedProvider();
        gateway.Otherwise = exchange => exchange.AnswerJsonAsync(json);
        return gateway;
    }
}
