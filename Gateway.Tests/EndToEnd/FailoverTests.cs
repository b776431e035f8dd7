using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Two providers on real sockets: the first misbehaves, the developer notices nothing.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class FailoverTests(TransportKind kind)
{
    private const string Overloaded = """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""";

    /// <summary>Ways to fail before the first content.</summary>
    internal static IEnumerable<TestCaseData> Failures() =>
    [
        Named("closes_without_a_word", exchange => { exchange.Connection.Dispose(); return Task.CompletedTask; }),
        Named("answers_500", exchange => exchange.AnswerJsonAsync("{}", 500)),
        Named("answers_502_in_html", exchange => exchange.AnswerAsync(502, "content-type: text/html\r\n", "<html>"u8.ToArray())),
        Named("answers_429_with_a_long_pause", exchange => exchange.AnswerJsonAsync("{}", 429, "retry-after: 3600\r\n")),
        Named("has_no_money", exchange => exchange.AnswerJsonAsync("""{"error":{"message":"Your credit balance is too low"}}""", 400)),
        Named("refuses_the_key", exchange => exchange.AnswerJsonAsync("{}", 401)),
        Named("cuts_its_head", exchange => CutAsync(exchange, "HTTP/1.1 200 OK\r\ncontent-ty")),
        Named("speaks_no_http", exchange => exchange.SendAsync("SSH-2.0-OpenSSH_9\r\n\r\n")),
        Named("begins_with_an_error_event", exchange => exchange.StreamAsync($"event: error\ndata: {Overloaded}\n\n")),
        Named("errs_after_message_start", exchange => exchange.StreamAsync(Samples.Events[0], $"event: error\ndata: {Overloaded}\n\n")),
        Named("ends_after_message_start", exchange => exchange.StreamAsync(Samples.Events[0])),
        Named("leads_elsewhere", exchange => exchange.AnswerAsync(307, "location: http://127.0.0.1:1/steal\r\n", default)),
        Named("answers_200_in_html", exchange => exchange.AnswerAsync(200, "content-type: text/html; charset=utf-8\r\n", "<html>"u8.ToArray())),
        Named("answers_200_with_nothing", exchange => exchange.AnswerJsonAsync("")),
        Named("answers_204", exchange => exchange.SendAsync("HTTP/1.1 204 No Content\r\n\r\n")),
        Named("answers_200_with_an_error", exchange => exchange.AnswerJsonAsync(Overloaded)),
        Named("answers_200_with_half_a_message", exchange => exchange.AnswerJsonAsync("""{"type":"message","content":[{"type":"te""")),
        Named("streams_nothing", exchange => exchange.StreamAsync()),
        Named("is_cut_after_message_start", async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(Samples.Events[0]);
            exchange.Connection.Dispose();
        }),
        Named("is_cut_inside_its_first_event", async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(Samples.Events[0][..20]);
            exchange.Connection.Dispose();
        }),
    ];

    [TestCaseSource(nameof(Failures))]
    public async Task Another_provider_takes_over_unseen(Func<ProviderExchange, Task> failure)
    {
        await using var first = new ScriptedProvider { Otherwise = failure };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        Assert.That(response.IsWhole, Is.True);
        Assert.That(response.Text, Is.EqualTo(Samples.Stream));
        Assert.That(response.Head["x-gateway-provider"], Is.EqualTo("second"));
        Assert.That(second.Request.Body, Is.EqualTo(Samples.Request), "the very same bytes");
    }

    [TestCase("", true)]
    [TestCase("HTTP/1.1 200 OK\r\ncontent-ty", true)]
    [TestCase("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nevent: message_start\n", true)]
    [TestCase("HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n", false)]
    [TestCase("HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n", false)]
    public async Task An_attempt_that_may_have_cost_money_says_so_in_its_line(string answer, bool mayBeBilled)
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => CutAsync(exchange, answer) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request);

        await gateway.DrainAsync();
        var line = gateway.Log.Lines.Single(line => line.Contains("\"event\":\"exchange\"", StringComparison.Ordinal));
        Assert.That(line, Does.Contain("\"failed\":[{"));
        Assert.That(line.Contains("\"possibly_billed\":true", StringComparison.Ordinal), Is.EqualTo(mayBeBilled), line);
    }

    [Test]
    public async Task An_overloaded_provider_gets_a_second_chance_and_then_the_next_is_asked()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Overloaded, 529) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Text, Is.EqualTo(Samples.Answer));
        Assert.That(first.Requests, Has.Length.EqualTo(2));
        Assert.That(response.Head["x-gateway-attempts"], Is.EqualTo("3"));
    }

    [Test]
    public async Task After_the_first_content_nobody_takes_over()
    {
        await using var first = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Samples.Events[0] + Samples.Events[1] + Samples.Events[3]);
                exchange.Connection.Dispose();
            },
        };
        await using var second = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Text, Does.StartWith(Samples.Events[0] + Samples.Events[1] + Samples.Events[3] + "event: error\n").And.Not.Contain("message_stop"));
        Assert.That(response.IsWhole, Is.False);
        Assert.That(second.Requests, Is.Empty);
    }

    [Test]
    public async Task Every_one_of_a_thousand_kills_before_the_first_block_is_a_whole_answer()
    {
        await using var first = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Samples.Events[0]);
                exchange.Connection.Dispose();
            },
        };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        await ManyAsync(gateway, clients: 10, each: 100, response =>
        {
            Assert.That(response.IsWhole, Is.True);
            Assert.That(response.Text, Is.EqualTo(Samples.Stream));
        });
        Assert.That(second.Requests, Has.Length.EqualTo(1_000));
    }

    [Test]
    public async Task Every_one_of_a_thousand_kills_after_it_is_told_as_an_error()
    {
        await using var first = new ScriptedProvider { Otherwise = DieInContentAsync };
        await using var second = new ScriptedProvider { Otherwise = DieInContentAsync };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        await ManyAsync(gateway, clients: 10, each: 100, response =>
        {
            Assert.That(response.IsWhole, Is.False);
            Assert.That(response.Text.Split("event: error"), Has.Length.EqualTo(2), response.Text);
            Assert.That(response.Text.Split("event: message_start"), Has.Length.EqualTo(2));
            Assert.That(response.Text, Does.Not.Contain("message_stop"));
        });
    }

    [Test]
    public async Task A_storm_of_529_is_hardly_amplified()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Overloaded, 529) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Overloaded, 529) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        await ManyAsync(gateway, clients: 20, each: 500, response => Assert.That(response.Status, Is.EqualTo(529)));
        Assert.That(first.Requests.Length + second.Requests.Length, Is.LessThanOrEqualTo(12_000));
    }

    [Test]
    public async Task A_brown_out_of_30_percent_stays_out_of_sight()
    {
        var count = 0;
        await using var first = new ScriptedProvider
        {
            Otherwise = exchange => Interlocked.Increment(ref count) % 10 < 3 ? exchange.AnswerJsonAsync("{}", 500) : exchange.StreamAsync(Samples.Events),
        };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        var errors = 0;
        await ManyAsync(gateway, clients: 10, each: 200, response => errors += response.Text == Samples.Stream ? 0 : 1);
        Assert.That(errors, Is.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task A_provider_that_is_alone_is_asked_whatever_it_did_before([Values(401, 403, 429, 529, 500)] int status)
    {
        await using var provider = new ScriptedProvider();
        for (var i = 0; i < 7; i++)
        {
            provider.Next(exchange => exchange.AnswerJsonAsync("{}", status));
        }

        provider.Next(exchange => exchange.AnswerJsonAsync(Samples.Answer));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        for (var i = 0; i < 7; i++)
        {
            Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(status));
        }

        Assert.That((await client.PostAsync(Samples.Request)).Text, Is.EqualTo(Samples.Answer));
        Assert.That(provider.Requests, Has.Length.EqualTo(8), "no attempt more than the client made");
    }

    [TestCase("one", "one", "429", TestName = "A_rate_limit_is_the_organisations_so_keys_of_one_group_are_not_tried_in_turn")]
    [TestCase("one", "two", "200", TestName = "A_key_of_another_limit_group_takes_over_after_a_rate_limit")]
    public async Task Keys_are_rotated_across_limit_groups_alone(string group, string other, string outcome)
    {
        string? limited = null;
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange =>
            {
                limited ??= exchange.Request.Head["x-api-key"];
                return exchange.Request.Head["x-api-key"] == limited
                    ? exchange.AnswerJsonAsync("{}", 429, "retry-after: 30\r\n")
                    : exchange.AnswerJsonAsync(Samples.Answer);
            },
        };
        var config = $$"""
            { "default_provider": "p", "providers": { "p": { "base_url": "{{provider.Url}}",
              "keys": [ { "key": "k1", "limit_group": "{{group}}" }, { "key": "k2", "limit_group": "{{other}}" } ] } } }
            """;
        await using var gateway = new TestGateway(kind, config, reactors: 1);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request)).Status.ToString(), Is.EqualTo(outcome));
        Assert.That((await client.PostAsync(Samples.Request)).Status.ToString(), Is.EqualTo(outcome));

        Assert.That(provider.Requests, Has.Length.EqualTo(outcome == "200" ? 3 : 2), "the limited key is left alone where another is there");
    }

    [TestCase("content-type: text/html\r\n", "<html>blocked: request looks like an attack</html>")]
    [TestCase("content-type: application/json\r\n", """{"error":{"message":"images are not supported on this endpoint"}}""")]
    public async Task A_403_that_is_not_about_the_key_moves_on_and_the_key_stays_good(string fields, string body)
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        using var client = await gateway.ConnectAsync();
        first.Next(exchange => exchange.AnswerAsync(403, fields, Encoding.UTF8.GetBytes(body)));

        Assert.That((await client.PostAsync(Samples.Request)).Head["x-gateway-provider"], Is.EqualTo("second"));
        Assert.That((await client.PostAsync(Samples.Request, "x-claude-code-session-id: another")).Head["x-gateway-provider"], Is.EqualTo("first"));

        await using var alone = TestGateway.Before(first, kind);
        using var other = await alone.ConnectAsync();
        first.Next(exchange => exchange.AnswerAsync(403, fields, Encoding.UTF8.GetBytes(body)));
        var told = await other.PostAsync(Samples.Request);
        Assert.That((told.Status, told.Text), Is.EqualTo((403, body)), "as it came");
    }

    [Test]
    public async Task A_429_without_a_pause_moves_on_and_so_do_the_next_requests()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("{}", 429) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.That((await client.PostAsync(Samples.Request)).Text, Is.EqualTo(Samples.Answer));
        }

        Assert.That(first.Requests, Has.Length.EqualTo(1), "it is left alone for a while");
    }

    [Test]
    public async Task The_last_real_error_is_told_when_all_fail()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("""{"type":"error","error":{"type":"api_error","message":"first"}}""", 500) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("""{"type":"error","error":{"type":"api_error","message":"second"}}""", 502, "x-theirs: 1\r\n") };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Status, Is.EqualTo(502));
        Assert.That(response.ErrorMessage, Is.EqualTo("second"));
        Assert.That(response.Head["x-theirs"], Is.EqualTo("1"));
    }

    [Test]
    public async Task A_bad_request_is_the_clients_own_and_nobody_else_is_asked([Values(400, 404, 413)] int status)
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("""{"type":"error","error":{"type":"x","message":"no"}}""", status) };
        await using var second = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Status, Is.EqualTo(status));
        Assert.That(response.ErrorMessage, Is.EqualTo("no"));
        Assert.That(second.Requests, Is.Empty);
    }

    [Test]
    public async Task Five_failures_open_the_circuit_and_the_next_request_goes_elsewhere_at_once()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("{}", 500) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second), reactors: 1);
        using var client = await gateway.ConnectAsync();
        for (var i = 0; i < 8; i++)
        {
            // Each a conversation of its own: one that moved would stay where its cache is warm.
            Assert.That((await client.PostAsync(Samples.Message("claude-test", $"Hello {i}"))).Text, Is.EqualTo(Samples.Answer));
        }

        Assert.That(first.Requests, Has.Length.EqualTo(5));
        Assert.That(second.Requests, Has.Length.EqualTo(8));
        await client.AskAsync("GET /providers/first");
        Assert.That((await client.ReadAsync()).Json.GetProperty("state").GetString(), Is.EqualTo("circuit_open"));
    }

    [Test]
    public async Task A_provider_that_is_silent_is_left_for_another_and_the_client_hears_from_us_meanwhile()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.HangAsync() };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second, "\"head_timeout_seconds\": 2,", "\"keep_alive_comment_ms\": 1000,"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Status, Is.EqualTo(200));
        Assert.That(response.Text, Does.StartWith(": keep-alive\n\n").And.EndWith(Samples.Stream));
        Assert.That(response.Text.Split("message_start\n"), Has.Length.EqualTo(2));
        Assert.That(response.IsWhole, Is.True);
    }

    [Test]
    public async Task An_error_after_a_comment_comes_as_an_event()
    {
        var heard = new TaskCompletionSource();
        await using var first = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await heard.Task.Soon();
                await exchange.AnswerJsonAsync(Overloaded, 400);
            },
        };
        await using var second = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, ConfigFor(first, second, listener: "\"keep_alive_comment_ms\": 1000,"));
        using var client = await gateway.ConnectAsync();
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);

        var begun = await client.ReadUntilAsync(": keep-alive\n\n");
        heard.SetResult();
        var rest = await client.ReadUntilAsync("0\r\n\r\n");

        Assert.That(begun, Does.StartWith("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream"));
        Assert.That(rest, Does.Contain($"event: error\ndata: {Overloaded}\n\n"));
    }

    [Test]
    public async Task An_error_in_the_midst_of_an_answer_counts_against_its_provider_like_any_other()
    {
        var events = Samples.Events[0] + Samples.Events[1] + Samples.Events[3];
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(events, $"event: error\ndata: {Overloaded}\n\n") };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second), reactors: 1);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 5; i++)
        {
            var response = await client.PostAsync(Samples.Request);
            Assert.That(response.Text, Is.EqualTo($"{events}event: error\ndata: {Overloaded}\n\n"), "it passes as it came");
            Assert.That(response.IsWhole, "the provider ended it properly");
        }

        Assert.That((await client.PostAsync(Samples.Request)).Head["x-gateway-provider"], Is.EqualTo("second"));
        await client.AskAsync("GET /providers/first");
        Assert.That((await client.ReadAsync()).Json.GetProperty("state").GetString(), Is.EqualTo("circuit_open"));
    }

    [TestCase(307, "location: http://127.0.0.1:1/steal\r\n", "redirects")]
    [TestCase(304, "", "redirects")]
    [TestCase(200, "content-type: text/html\r\n", "without a message")]
    public async Task What_is_no_answer_to_a_message_is_told_as_that_where_nobody_else_is_left(int status, string fields, string words)
    {
        await using var only = new ScriptedProvider { Otherwise = exchange => exchange.AnswerAsync(status, fields, status == 304 ? [] : "<html>"u8.ToArray()) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(only, "\"auth\": \"none\""));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.Multiple(() =>
        {
            Assert.That(response.Status, Is.EqualTo(502));
            Assert.That(response.ErrorMessage, Does.Contain(words));
            Assert.That(response.Head.Text, Does.Not.Contain("location").IgnoreCase);
        });
    }

    [TestCase("rate_limit_error", "enforced_spend_limit_reached", "\"exhausted\"")]
    [TestCase("rate_limit_error", "slow down", "\"cooling\"")]
    public async Task An_error_instead_of_content_means_what_its_words_say(string type, string message, string state)
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync($$$"""
            event: error
            data: {"type":"error","error":{"type":"{{{type}}}","message":"{{{message}}}"}}


            """.ReplaceLineEndings("\n")) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, ConfigFor(first, second));
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request)).Text, Is.EqualTo(Samples.Stream));
        await client.AskAsync("GET /providers/first");
        Assert.That((await client.ReadAsync()).Text, Does.Contain(state));
    }

    private static TestCaseData Named(string name, Func<ProviderExchange, Task> failure) => new TestCaseData(failure).SetArgDisplayNames(name);

    private static async Task CutAsync(ProviderExchange exchange, string beginning)
    {
        await exchange.SendAsync(beginning);
        exchange.Connection.Dispose();
    }

    private static async Task DieInContentAsync(ProviderExchange exchange)
    {
        await exchange.BeginStreamAsync();
        await exchange.SendChunkAsync(Samples.Events[0] + Samples.Events[1] + Samples.Events[3]);
        exchange.Connection.Dispose();
    }

    private static async Task ManyAsync(TestGateway gateway, int clients, int each, Action<RawResponse> check)
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            var mine = new List<RawResponse>();
            var client = await gateway.ConnectAsync();
            for (var i = 0; i < each; i++)
            {
                mine.Add(await client.PostAsync(Samples.Request));
                if (!mine[^1].IsWhole)
                {
                    client.Dispose();
                    client = await gateway.ConnectAsync();
                }
            }

            client.Dispose();
            return mine;
        }));
        foreach (var response in responses.SelectMany(mine => mine))
        {
            check(response);
        }
    }

    private static string ConfigFor(ScriptedProvider first, ScriptedProvider second, string members = "", string listener = "") => $$"""
        {
          "claude_gateway": { {{listener}} "request_logging": true },
          "default_provider": "first",
          "providers": {
            "first": { {{members}} "base_url": "{{first.Url}}", "api_key": "one" },
            "second": { "base_url": "{{second.Url}}", "api_key": "two" }
          },
          "routes": [ { "targets": ["first", "second"] } ]
        }
        """;
}
