using System.Text.Json;
using Gateway.Host.Cli;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Cli;

/// <summary>Providers are compared through a true gateway; money is spent by those who said so.</summary>
[TestFixture]
internal sealed class BenchCommandTests
{
    private static readonly string Call = string.Concat(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":100,\"output_tokens\":1}}}\n\n",
        "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"report\",\"input\":{}}}\n\n",
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"sum\\\":SUM}\"}}\n\n",
        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":10}}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");

    [Test]
    public async Task Each_provider_gets_its_row()
    {
        await using var right = Calling("5");
        await using var wrong = Calling("6");
        var text = Config(right, wrong);
        await using var gateway = new TestGateway(TransportKind.Sockets, text);
        using var run = new CommandRun();

        var code = run.Run("bench", "-c", run.Write("g.json", text), "--url", $"http://{gateway.EndPoint}", "--providers", "right,wrong,synthetic", "-n", "4", "--yes", "--json");

        Assert.That(code, Is.Zero, run.Errors);
        var rows = JsonElement.Parse(run.Output).EnumerateArray().ToList();
        Assert.That(rows.Select(row => row.GetProperty("provider").GetString()), Is.EqualTo((string[])["right", "wrong", "synthetic"]));
        Assert.That(rows.Select(row => row.GetProperty("whole").GetInt32()), Is.EqualTo((int[])[4, 4, 4]));
        Assert.That(rows.Select(row => row.GetProperty("tool_calls_right").GetInt32()), Is.EqualTo((int[])[2, 0, 2]), "of two that were asked for");
        Assert.That(rows[0].GetProperty("cost_micro_usd").GetInt64(), Is.EqualTo(4 * (100 + 50)), "1 and 5 dollars a million");
        Assert.That(rows[1].GetProperty("cost_micro_usd").ValueKind, Is.EqualTo(JsonValueKind.Null), "nobody has written its price");
        Assert.That(rows[0].GetProperty("connect_ms").ValueKind, Is.EqualTo(JsonValueKind.Number));
        Assert.That(rows[0].GetProperty("first_content_ms").GetDouble(), Is.GreaterThan(0));
        Assert.That(right.Requests, Has.Length.EqualTo(4));
    }

    [TestCase("\"input_tokens\":100", "\"input_tokens\":1.5e99")]
    [TestCase("\"delta\":{\"type\":\"input_json_delta\"", "\"delta\":7,\"was\":{\"type\":\"input_json_delta\"")]
    [TestCase("\"type\":\"message_delta\"", "\"type\":[]")]
    [TestCase("event: message_stop\ndata: {\"type\":\"message_stop\"}", "event: error\ndata: {\"type\":\"error\",\"error\":7}")]
    public async Task An_odd_event_is_its_providers_fault_and_loses_no_row(string was, string becomes)
    {
        await using var right = Calling("5");
        await using var odd = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Call.Replace("SUM", "5", StringComparison.Ordinal).Replace(was, becomes, StringComparison.Ordinal)) };
        var text = Config(right, odd);
        await using var gateway = new TestGateway(TransportKind.Sockets, text);
        using var run = new CommandRun();

        run.Run("bench", "-c", run.Write("g.json", text), "--url", $"http://{gateway.EndPoint}", "--providers", "wrong,right", "-n", "2", "--yes", "--json");

        var rows = JsonElement.Parse(run.Output).EnumerateArray().ToList();
        Assert.That(rows, Has.Count.EqualTo(2), run.Errors);
        Assert.That(rows[1].GetProperty("tool_calls_right").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_failure_is_counted_with_its_reason_below_the_table()
    {
        await using var right = Calling("5");
        await using var broken = new ScriptedProvider { Otherwise = exchange => exchange.AnswerAsync(400, "", """{"type":"error","error":{"type":"invalid_request_error","message":"no such thing"}}"""u8.ToArray()) };
        var text = Config(right, broken);
        await using var gateway = new TestGateway(TransportKind.Sockets, text);
        using var run = new CommandRun();

        var code = run.Run("bench", "-c", run.Write("g.json", text), "--url", $"http://{gateway.EndPoint}", "--providers", "wrong, right,wrong", "-n", "3", "--yes");

        Assert.That(code, Is.EqualTo(ExitCodes.Failure), run.Errors);
        Assert.That(run.Output, Does.Contain("wrong: 3 of 3 failed, most often: 400: no such thing").And.Contain("3/3"));
        Assert.That(broken.Requests, Has.Length.EqualTo(3), "a name that is given twice is asked once");
    }

    [Test]
    public async Task Another_tool_than_the_one_that_was_asked_for_is_no_right_call()
    {
        await using var right = Calling("5");
        await using var other = new ScriptedProvider
        {
            Otherwise = exchange => exchange.StreamAsync(Call.Replace("SUM", "5", StringComparison.Ordinal).Replace("\"report\"", "\"search\"", StringComparison.Ordinal)),
        };
        var text = Config(right, other);
        await using var gateway = new TestGateway(TransportKind.Sockets, text);
        using var run = new CommandRun();

        run.Run("bench", "-c", run.Write("g.json", text), "--url", $"http://{gateway.EndPoint}", "--providers", "right,wrong", "-n", "2", "--yes", "--json");

        Assert.That(JsonElement.Parse(run.Output).EnumerateArray().Select(row => row.GetProperty("tool_calls_right").GetInt32()), Is.EqualTo((int[])[1, 0]), run.Errors);
    }

    [Test]
    public async Task What_is_local_costs_nothing_and_asks_nobody()
    {
        await using var provider = Calling("5");
        var text = $$"""{ "providers": { "here": { "base_url": "{{provider.Url}}", "auth": "none", "local": true } } }""";
        await using var gateway = new TestGateway(TransportKind.Sockets, text);
        using var run = new CommandRun();

        var code = run.Run("bench", "-c", run.Write("g.json", text), "--url", $"http://{gateway.EndPoint}", "--providers", "here", "-n", "2", "-m", "m", "--json");

        Assert.That(code, Is.Zero, run.Errors);
        Assert.That(JsonElement.Parse(run.Output)[0].GetProperty("cost_micro_usd").GetInt64(), Is.Zero);
        Assert.That(run.Errors, Does.Not.Contain("dollars"));
    }

    [TestCase(null, false)]
    [TestCase("n", false)]
    [TestCase("y", true)]
    public async Task Money_is_spent_by_those_who_said_so(string? reply, bool isSent)
    {
        await using var provider = Calling("5");
        var text = $$"""{ "providers": { "right": { "base_url": "{{provider.Url}}", "auth": "none", "input_usd_per_million": 1, "output_usd_per_million": 5 } } }""";
        await using var gateway = new TestGateway(TransportKind.Sockets, text);
        using var run = new CommandRun { Reply = reply };

        var code = run.Run("bench", "-c", run.Write("g.json", text), "--url", $"http://{gateway.EndPoint}", "--providers", "right", "-n", "2");

        Assert.That(code, Is.EqualTo(isSent ? ExitCodes.Success : ExitCodes.Usage), run.Errors);
        Assert.That(provider.Requests, Has.Length.EqualTo(isSent ? 2 : 0));
        Assert.That(run.Errors, Does.Contain("2 requests to each of 1 providers cost at most 0.0"));
    }

    [Test]
    public async Task The_price_of_a_vendors_model_is_known_without_a_word()
    {
        await using var provider = Calling("5");
        var text = $$"""{ "providers": { "anthropic": { "base_url": "{{provider.Url}}", "auth": "none" } } }""";
        await using var gateway = new TestGateway(TransportKind.Sockets, text);
        using var run = new CommandRun { Reply = "y" };

        var code = run.Run("bench", "-c", run.Write("g.json", text), "--url", $"http://{gateway.EndPoint}", "--providers", "anthropic", "-n", "1", "-m", "claude-opus-5-5", "--json");

        Assert.That(code, Is.Zero, run.Errors);
        Assert.That(run.Errors, Does.Contain("cost at most 0.0").And.Not.Contain("whose price"));
        Assert.That(JsonElement.Parse(run.Output)[0].GetProperty("cost_micro_usd").GetInt64(), Is.Positive);
    }

    [Test]
    public async Task What_it_saves_is_where_the_policies_begin()
    {
        await using var provider = Calling("5");
        var text = Config(provider, provider);
        using var run = new CommandRun();
        run.Environment["GATEWAY_STATE_DIR"] = run.Folder;
        await using (var gateway = new TestGateway(TransportKind.Sockets, text))
        {
            Assert.That(
                run.Run("bench", "-c", run.Write("g.json", text), "--url", $"http://{gateway.EndPoint}", "--providers", "right", "-n", "2", "--yes", "--save"),
                Is.Zero,
                run.Errors);
        }

        await using var next = new TestGateway(TransportKind.Sockets, text, stateDirectory: run.Folder);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{next.EndPoint}") };
        var rows = JsonElement.Parse(await http.GetStringAsync("/providers").Soon()).GetProperty("providers").EnumerateArray()
            .ToDictionary(row => row.GetProperty("name").GetString()!, row => row.GetProperty("latency_ms").GetDouble());
        Assert.That(rows["right"], Is.GreaterThan(0));
        Assert.That(rows["wrong"], Is.Zero);
    }

    [Test]
    public void A_name_that_nobody_has_is_refused()
    {
        using var run = new CommandRun();
        Assert.That(run.Run("bench", "-c", run.Write("g.json", "{}"), "--url", "http://127.0.0.1:1", "--providers", "nobody"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(run.Errors, Does.Contain("nobody is no provider of the configuration, which has synthetic"));
        Assert.That(run.Run("bench", "--providers", ","), Is.EqualTo(ExitCodes.Usage));
        Assert.That(run.Errors, Does.Contain("--providers: names with commas between are expected"));
        Assert.That(run.Run("bench", "-n", "0"), Is.EqualTo(ExitCodes.Usage));
    }

    private static ScriptedProvider Calling(string sum) =>
        new() { Otherwise = exchange => exchange.StreamAsync(Call.Replace("SUM", sum, StringComparison.Ordinal)) };

    private static string Config(ScriptedProvider right, ScriptedProvider wrong) => $$"""
        {
          "default_provider": "synthetic",
          "providers": {
            "right": { "base_url": "{{right.Url}}", "auth": "none", "input_usd_per_million": 1, "output_usd_per_million": 5 },
            "wrong": { "base_url": "{{wrong.Url}}", "auth": "none" }
          }
        }
        """;
}
