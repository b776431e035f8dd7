using System.Net;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>The scripted provider keeps what it got and does what it was told, seen by a plain client.</summary>
[TestFixture]
internal sealed class ScriptedProviderTests
{
    private ScriptedProvider _provider = null!;

    [SetUp]
    public void Listen() => _provider = new ScriptedProvider();

    [TearDown]
    public async Task EndAsync() => await _provider.DisposeAsync();

    [Test]
    public async Task Keeps_a_request_as_it_came()
    {
        const string Request = "POST /v1/x?y=1 HTTP/1.1\r\nX-Odd:  two  spaces \r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
        using var client = await ConnectAsync();

        await client.SendAsync(Request);
        await client.ReadAsync();

        Assert.That(Encoding.Latin1.GetString(_provider.Request.Raw), Is.EqualTo(Request));
        Assert.That(_provider.Request.Text, Is.EqualTo("ab"));
    }

    [Test]
    public async Task Follows_its_scripts_in_order_and_then_answers_as_always()
    {
        _provider.NextRaw("HTTP/1.1 201 A\r\ncontent-length: 0\r\n\r\n").NextRaw("HTTP/1.1 202 B\r\ncontent-length: 0\r\n\r\n");
        using var client = await ConnectAsync();

        foreach (var status in (int[])[201, 202, 200])
        {
            await client.AskAsync("GET /");
            Assert.That((await client.ReadAsync()).Status, Is.EqualTo(status));
        }

        Assert.That(_provider.ConnectionCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Waits_where_a_test_lets_it_wait()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await goOn.Task.Soon();
            await exchange.SendChunkAsync("late");
            await exchange.EndChunksAsync();
        });
        using var client = await ConnectAsync();
        await client.AskAsync("GET /");
        await client.ReadHeadAsync();

        goOn.SetResult();

        Assert.That(await client.ReadUntilAsync("0\r\n\r\n"), Does.Contain("4\r\nlate\r\n"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Ends_a_connection_as_it_was_told(bool reset)
    {
        _provider.Next(exchange =>
        {
            if (reset)
            {
                exchange.Connection.Reset();
            }
            else
            {
                exchange.Connection.Close();
            }

            return Task.CompletedTask;
        });
        using var client = await ConnectAsync();

        await client.AskAsync("GET /");

        await client.ExpectEndAsync(allowReset: reset);
    }

    [Test]
    public async Task Tells_when_the_other_side_has_left()
    {
        using (var client = await ConnectAsync())
        {
            await client.AskAsync("GET /");
            await client.ReadAsync();
            Assert.That(_provider.Connections[0].IsClosed, Is.False);
        }

        await _provider.Connections[0].Closed;
    }

    private Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, new Uri(_provider.Url).Port));
}
