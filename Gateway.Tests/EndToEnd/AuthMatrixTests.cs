using System.Text;
using System.Text.Json;
using Gateway.Host.Management;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Who gets in where: every path with every kind of credential.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class AuthMatrixTests(TransportKind kind)
{
    private const string ClientKey = "a-key-of-16-chars";
    private const string ExpiredKey = "an-expired-key-of-a-client";

    private static readonly string[] Public = ["GET /health", "GET /livez", "GET /readyz"];

    private static readonly string[] Data =
    [
        "POST /anthropic/v1/messages", "POST /anthropic/v1/messages/count_tokens", "GET /anthropic/v1/models", "GET /anthropic/v1/models/m", "GET /anthropic/v1/files",
        "POST /v1/chat/completions", "POST /openai/v1/chat/completions", "GET /v1/models", "GET /raw/x", "POST /raw/x", "POST /route",
    ];

    private readonly string _state = Directory.CreateTempSubdirectory("gateway-auth-").FullName;

    private string ManagementKey => File.ReadAllText(Path.Combine(_state, "management.key")).Trim();

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_state, recursive: true);

    [Test]
    public async Task Each_path_opens_to_its_own_key_alone()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();
        var pages = Pages().Except(Public).ToList();
        Assert.That(pages, Has.Count.GreaterThan(10));
        (string Name, string[] Fields)[] credentials =
        [
            ("none", []),
            ("a client's", [$"x-api-key: {ClientKey}"]),
            ("a client's as a bearer", [$"authorization: Bearer {ClientKey}"]),
            ("an expired one", [$"x-api-key: {ExpiredKey}"]),
            ("a wrong one", ["x-api-key: a-key-of-16-charz", "x-management-key: a-key-of-16-chars"]),
            ("the management key", [$"x-management-key: {ManagementKey}"]),
            ("the management key as a client's", [$"x-api-key: {ManagementKey}"]),
        ];

        foreach (var (name, fields) in credentials)
        {
            foreach (var line in Public)
            {
                Assert.That(await AskAsync(client, line, fields), Is.EqualTo(200), $"{line} with {name}");
            }

            foreach (var line in Data)
            {
                Assert.That(await AskAsync(client, line, fields), name.StartsWith("a client's", StringComparison.Ordinal) ? Is.Not.EqualTo(401) : Is.EqualTo(401), $"{line} with {name}");
            }

            foreach (var line in pages)
            {
                Assert.That(await AskAsync(client, line, fields), name == "the management key" ? Is.Not.EqualTo(401) : Is.EqualTo(401), $"{line} with {name}");
            }
        }
    }

    [TestCase("//metrics")]
    [TestCase("/metrics/")]
    [TestCase("/Metrics")]
    [TestCase("/%6detrics")]
    [TestCase("/health/../metrics")]
    [TestCase("/health%2f..%2fmetrics")]
    [TestCase("/health;/metrics")]
    public async Task No_other_spelling_of_a_path_leads_to_it(string path)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = Gateway(provider);
        using var client = await gateway.ConnectAsync();
        await client.AskAsync($"GET {path}");
        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(404));
        Assert.That(provider.Requests, Is.Empty);
    }

    // Those of the document, so that a new one is in the matrix.
    private static IEnumerable<string> Pages() =>
        from path in JsonElement.Parse(OpenApi.Document.Span).GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        where path.Name is not ("/events" or "/route")
        select $"{method.Name.ToUpperInvariant()} {path.Name.Replace("{name}", "scripted", StringComparison.Ordinal)}";

    private static async Task<int> AskAsync(RawClient client, string line, string[] fields)
    {
        if (line.StartsWith("GET", StringComparison.Ordinal))
        {
            await client.AskAsync(line, fields);
        }
        else
        {
            await client.SendAsync(line, line.Contains("/messages", StringComparison.Ordinal) || line.Contains("chat", StringComparison.Ordinal) ? Samples.Request : Encoding.UTF8.GetBytes("{}"), [.. fields, "content-type: application/json"]);
        }

        return (await client.ReadAsync()).Status;
    }

    private TestGateway Gateway(ScriptedProvider provider) => new(
        kind,
        $$"""
        {
          "default_provider": "scripted",
          "providers": { "scripted": { "base_url": "{{provider.Url}}", "auth": "none" } },
          "passthrough": [ { "prefix": "/raw", "base_url": "{{provider.Url}}" } ],
          "clients": { "c": { "key": "{{ClientKey}}" }, "old": { "key": "{{ExpiredKey}}", "expires": "2020-01-01" } }
        }
        """,
        stateDirectory: _state);
}
