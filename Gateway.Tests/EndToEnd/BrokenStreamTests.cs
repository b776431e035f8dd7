using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class BrokenStreamTests(TransportKind kind)
{
    private const string Head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";

    /// <summary>Every event boundary before the end, and bytes next to it.</summary>
    private static IEnumerable<int> Cuts()
    {
        var end = 0;
        foreach (var text in Samples.Events[..^1])
        {
            end += Encoding.UTF8.GetByteCount(text);
            yield return end - 1;
            yield return end;
            yield return end + 1;
            yield return end + 20;
        }
    }

    [Test]
    public async Task A_chunked_stream_that_dies_ends_in_an_error_event_and_a_cut([Values] bool resets, [ValueSource(nameof(Cuts))] int cut)
    {
        var response = await RelayAsync("transfer-encoding: chunked\r\n", cut, isChunked: true, resets);

        ExpectErrorAfter(response, cut);
    }

    [TestCase(3, true)]
    [TestCase(5, true)]
    [TestCase(6, false)]
    [TestCase(7, false)]
    public async Task A_body_that_ends_as_a_body_should_before_its_message_did_ends_in_an_error_event(int events, bool isCut)
    {
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.StreamAsync(Samples.Events[..events]));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Text.Contains("event: error\n", StringComparison.Ordinal), Is.EqualTo(isCut), "what only lacks message_stop is complete");
        Assert.That(response.Text, Does.StartWith(string.Concat(Samples.Events[..events])));
    }

    [TestCase("")]
    [TestCase(": thinking\n\n")]
    [TestCase("event: ping\ndata: {\"type\":\"ping\"}\n\n")]
    public async Task A_stream_without_a_message_ends_in_an_error_event(string text)
    {
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.StreamAsync(text.Length > 0 ? [text] : []));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Text, Does.StartWith(text + "event: error\n"));
    }

    [Test]
    public async Task A_stream_of_known_length_that_dies_is_cut([ValueSource(nameof(Cuts))] int cut)
    {
        var length = Encoding.UTF8.GetByteCount(Samples.Stream);
        var response = await RelayAsync($"content-length: {length}\r\n", cut, isChunked: false, resets: false);

        Assert.That(response.IsWhole, Is.False);
        Assert.That(response.Body.AsSpan(0, cut).ToArray(), Is.EqualTo(Encoding.UTF8.GetBytes(Samples.Stream)[..cut]));
        Assert.That(response.Text, Does.Not.Contain("\"message_stop\""));
    }

    [Test]
    public async Task A_stream_until_close_that_lacks_its_message_stop_ends_in_an_error_event([Values] bool resets, [ValueSource(nameof(Cuts))] int cut)
    {
        var response = await RelayAsync("", cut, isChunked: false, resets);

        ExpectErrorAfter(response, cut);
    }

    [Test]
    public async Task A_stream_whose_framing_breaks_ends_in_an_error_event_and_a_cut()
    {
        await using var provider = new ScriptedProvider();
        provider.NextRaw($"{Head}transfer-encoding: chunked\r\n\r\n5\r\n: ok\n\r\nzz\r\n");
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.IsWhole, Is.False);
        Assert.That(response.Text, Does.StartWith(": ok\n").And.Contain("event: error\n"));
        await provider.Connections[0].Closed;
    }

    [Test]
    public async Task Json_of_known_length_that_is_cut_is_cut_for_the_client()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"type\":");
            exchange.Connection.Close();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.IsWhole, Is.False);
        Assert.That(response.Text, Is.EqualTo("{\"type\":"));
    }

    [TestCase("", false)]
    [TestCase("transfer-encoding: chunked\r\n", true)]
    public async Task Json_that_ends_before_its_object_is_cut_for_the_client(string framing, bool isChunked)
    {
        const string Half = "{\"type\":\"message\",\"content\":[{\"type\":";
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.SendAsync($"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{framing}\r\n{(isChunked ? $"{Half.Length:x}\r\n{Half}\r\n0\r\n\r\n" : Half)}");
            exchange.Connection.Close();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.IsWhole, Is.False);
        Assert.That(response.Text, Is.EqualTo(Half));
    }

    [Test]
    public async Task A_stream_that_died_after_its_message_stop_gets_no_error_event()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(Samples.Stream);
            exchange.Connection.Close();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.IsWhole, Is.False);
        Assert.That(response.Text, Is.EqualTo(Samples.Stream));
    }

    private static void ExpectErrorAfter(RawResponse response, int cut)
    {
        var sent = Encoding.UTF8.GetBytes(Samples.Stream)[..cut];
        Assert.That(response.IsWhole, Is.False, "no last chunk");
        Assert.That(response.Body, Has.Length.GreaterThan(cut));
        Assert.That(response.Body.AsSpan(0, cut).ToArray(), Is.EqualTo(sent));
        var added = Encoding.UTF8.GetString(response.Body.AsSpan(cut));
        Assert.That(added, Does.EndWith("\n\n"));
        Assert.That(added, Does.Match("^\n*event: error\ndata: \\{\"type\":\"error\",\"error\":\\{\"type\":\"api_error\",[^\n]*\\}\n\n$"));
        Assert.That(response.Text, Does.Not.Contain("\"message_stop\""));
        Assert.That(Encoding.UTF8.GetString(response.Body).Split("\n\n").Count(text => text.Contains("event: error", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private async Task<RawResponse> RelayAsync(string framing, int cut, bool isChunked, bool resets)
    {
        var isSeen = new TaskCompletionSource();
        var sent = Encoding.UTF8.GetBytes(Samples.Stream).AsMemory(0, cut);
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.SendAsync($"{Head}{framing}\r\n");
            await (isChunked ? exchange.SendChunkAsync(sent) : exchange.SendAsync(sent));

            // A reset destroys what is on its way, so it waits for the proof that all has passed.
            await isSeen.Task.Soon();
            if (resets)
            {
                exchange.Connection.Reset();
            }
            else
            {
                exchange.Connection.Close();
            }
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        client.WhenBodyBytes(cut, isSeen.SetResult);
        return await client.ReadAsync();
    }
}
