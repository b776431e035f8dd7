using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>The models come by pages, forwards and backwards.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ModelsTests(TransportKind kind)
{
    [TestCase("", "a b c d", false)]
    [TestCase("?limit=2", "a b", true)]
    [TestCase("?limit=1000", "a b c d", false)]
    [TestCase("?limit=2&after_id=b", "c d", false)]
    [TestCase("?after_id=a&limit=1", "b", true)]
    [TestCase("?after_id=d", "", false)]
    [TestCase("?limit=2&before_id=d", "b c", true)]
    [TestCase("?limit=2&before_id=c", "a b", false)]
    [TestCase("?before_id=a", "", false)]
    [TestCase("?beta=true&after_id=%62", "c d", false)]
    public async Task The_models_come_by_pages(string query, string ids, bool hasMore)
    {
        await using var provider = new ScriptedProvider();
        provider.Otherwise = exchange => exchange.AnswerJsonAsync("""{"data":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"}]}""");
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync($"GET /anthropic/v1/models{query}");
        var page = (await client.ReadAsync()).Json;

        var found = page.GetProperty("data").EnumerateArray().Select(static model => model.GetProperty("id").GetString()).ToArray();
        Assert.That(string.Join(' ', found), Is.EqualTo(ids));
        Assert.That(page.GetProperty("has_more").GetBoolean(), Is.EqualTo(hasMore));
        Assert.That(page.GetProperty("first_id").GetString(), Is.EqualTo(found.FirstOrDefault()));
        Assert.That(page.GetProperty("last_id").GetString(), Is.EqualTo(found.LastOrDefault()));
    }

    [Test]
    public async Task Twenty_come_where_no_limit_is_named_and_all_in_openais_list_that_has_no_pages()
    {
        await using var provider = new ScriptedProvider();
        var models = string.Join(", ", Enumerable.Range(0, 21).Select(static number => $"\"claude-{number}\""));
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, $"\"auth\": \"none\", \"models\": [{models}]"));
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /anthropic/v1/models");
        var page = (await client.ReadAsync()).Json;
        await client.AskAsync($"GET /anthropic/v1/models?after_id={page.GetProperty("last_id").GetString()}");
        var rest = (await client.ReadAsync()).Json;
        await client.AskAsync("GET /openai/v1/models");
        var list = (await client.ReadAsync()).Json;

        Assert.That((page.GetProperty("data").GetArrayLength(), page.GetProperty("has_more").GetBoolean()), Is.EqualTo((20, true)));
        Assert.That((rest.GetProperty("data").GetArrayLength(), rest.GetProperty("has_more").GetBoolean()), Is.EqualTo((1, false)));
        Assert.That(list.GetProperty("data").GetArrayLength(), Is.EqualTo(21));
    }

    [TestCase("?limit=0", "limit")]
    [TestCase("?limit=1001", "limit")]
    [TestCase("?limit=ten", "limit")]
    [TestCase("?after_id=gone", "after_id")]
    [TestCase("?before_id=gone", "before_id")]
    public async Task A_page_that_cannot_be_is_400_that_names_the_parameter(string query, string name)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync($"GET /anthropic/v1/models{query}");
        var response = await client.ReadAsync();

        Assert.That((response.Status, response.ErrorType), Is.EqualTo((400, "invalid_request_error")));
        Assert.That(response.ErrorMessage, Does.StartWith($"{name}:"));
    }

    [TestCase(null, "1")]
    [TestCase("1", "2")]
    [TestCase("2", null)]
    [TestCase("many", null)]
    public async Task A_question_that_gateways_passed_on_twice_goes_no_further(string? hops, string? told)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /anthropic/v1/models", hops is null ? [] : [$"x-gateway-hops: {hops}"]);

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
        Assert.That(provider.Requests.Select(static request => request.Head["x-gateway-hops"]), Is.EqualTo(told is null ? [] : (string[])[told]));
    }
}
