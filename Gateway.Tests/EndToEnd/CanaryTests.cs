using System.Net.Http.Headers;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Secrets and prompts are planted wherever they can come in, and looked for wherever something comes out.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed class CanaryTests
{
    private const string Canary = "canary";
    private const string ClientKey = "canary-client-0123456789abcdef";

    private readonly List<string> _seen = [];
    private readonly string _capture = Path.Combine(Path.GetTempPath(), $"capture-{Guid.NewGuid():N}.jsonl");

    private readonly string _log = Path.Combine(Path.GetTempPath(), $"log-{Guid.NewGuid():N}.jsonl");

    [TearDown]
    public void DeleteFiles()
    {
        File.Delete(_capture);
        File.Delete(_log);
    }

    [Test]
    public async Task No_secret_and_no_prompt_comes_out_anywhere()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        provider.Next(exchange => exchange.AnswerJsonAsync("""{"type":"error","error":{"type":"authentication_error","message":"no"}}""", 401));
        provider.Next(exchange => exchange.SendAsync("no http at all\r\n\r\n"));
        await using var gateway = await GatewayProcess.ListeningAsync(
            GatewayProcess.StartAfter("export CANARY=canary-environment", Config(provider)));
        using var client = new HttpClient { BaseAddress = new Uri($"http://{gateway.EndPoint}") };

        var key = (await File.ReadAllTextAsync(Path.Combine(gateway.StateDirectory, "management.key"))).Trim();
        using var follower = new HttpClient { BaseAddress = client.BaseAddress };
        follower.DefaultRequestHeaders.Add("x-management-key", key);
        using var events = new StreamReader(await follower.GetStreamAsync("/events").Soon());
        await AskAsync(client);
        await LookAsync(client, key);
        await gateway.TerminateAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero);

        _seen.Add(gateway.Output);
        _seen.Add(await events.ReadToEndAsync().Soon());
        Assert.That(_seen[^1], Does.Contain("event: exchange"), "events were followed");
        _seen.Add(await File.ReadAllTextAsync(_log));
        Assert.That(_seen[^1], Does.Contain("\"exchange\""), "the log's file was written");
        _seen.Add(await File.ReadAllTextAsync(_capture));
        Assert.That(_seen[^1], Does.Contain("\"pieces\""), "traffic was captured");
        _seen.AddRange(Directory.GetFiles(gateway.StateDirectory, "*.jsonl").Select(File.ReadAllText));
        Assert.That(_seen, Has.Count.GreaterThan(20), "it looked");
        Assert.That(string.Concat(_seen), Does.Contain("\"exchange\"").And.Contain("gateway_"), "and saw");
        Assert.Multiple(() =>
        {
            foreach (var text in _seen)
            {
                Assert.That(text, Does.Not.Contain(Canary).And.Not.Contain(key));
            }
        });
    }

    // One provider with keys of each kind, one that is not there, and one whose name nobody knows.
    private string Config(ScriptedProvider provider) => $$"""
        {
          "claude_gateway": { "log_level": "trace", "request_logging": true, "capture": { "file": "{{_capture}}" }, "log_file": { "path": "{{_log}}" } },
          "default_provider": "here",
          "providers": {
            "here": { "base_url": "{{provider.Url}}", "api_key": "canary-literal" },
            "variable": { "base_url": "{{provider.Url}}", "api_key": "${CANARY}" },
            "gone": { "base_url": "http://127.0.0.1:1", "api_key": "canary-gone" },
            "nowhere": { "base_url": "https://nowhere.invalid", "api_key": "canary-nowhere" }
          },
          "clients": { "me": { "key": "{{ClientKey}}" } },
          "passthrough": [ { "prefix": "/raw", "base_url": "http://127.0.0.1:1" } ]
        }
        """;

    private async Task AskAsync(HttpClient client)
    {
        foreach (var model in (string[])["m", "m", "m", "variable/m", "gone/m", "nowhere/m"])
        {
            await PostAsync(client, "/anthropic/v1/messages?token=canary-query", Message(model), ClientKey);
        }

        await PostAsync(client, "/anthropic/v1/messages", Message("m"), "canary-wrong-key");
        await PostAsync(client, "/anthropic/v1/messages", "{\"model\": \"canary-broken", ClientKey);
        await PostAsync(client, "/anthropic/v1/messages", "{\"model\":\"m\",\"messages\":[],\"canary\":1}", ClientKey);
        await PostAsync(client, "/route", Message("m"), ClientKey);
        await PostAsync(client, "/v1/chat/completions", """{"model":"gone/m","messages":[{"role":"user","content":"canary-prompt"}]}""", ClientKey);
        await PostAsync(client, "/raw/canary-path", "canary-body", ClientKey);
        await PostAsync(client, "/canary-nothing", "canary-body", ClientKey);
    }

    private async Task LookAsync(HttpClient client, string key)
    {
        foreach (var path in (string[])["/health", "/health/detailed", "/metrics", "/config", "/providers", "/providers/here", "/requests/recent", "/openapi.json"])
        {
            foreach (var accept in (string[])["*/*", "application/json"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.Add("x-management-key", key);
                request.Headers.Accept.ParseAdd(accept);
                await SendAsync(client, request);
            }
        }

        using var reload = new HttpRequestMessage(HttpMethod.Post, "/config/reload") { Content = Json("{}") };
        reload.Headers.Add("x-management-key", key);
        await SendAsync(client, reload);
    }

    private async Task PostAsync(HttpClient client, string path, string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(body) };
        request.Headers.Add("x-api-key", key);
        request.Headers.TryAddWithoutValidation("authorization", "Bearer canary-bearer");
        request.Headers.Add("cookie", "session=canary-cookie");
        request.Headers.Add("x-unknown", "canary-field");
        await SendAsync(client, request);
    }

    private async Task SendAsync(HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request).Soon();
        _seen.Add($"{response.Headers}{await response.Content.ReadAsStringAsync().Soon()}");
    }

    private static string Message(string model) =>
        """{"model":"MODEL","max_tokens":9,"system":"canary-system","messages":[{"role":"user","content":"canary-prompt"}]}""".Replace("MODEL", model, StringComparison.Ordinal);

    private static StringContent Json(string text) => new(text, MediaTypeHeaderValue.Parse("application/json"));
}
