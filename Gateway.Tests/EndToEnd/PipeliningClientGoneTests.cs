using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>An end that waits behind unread bytes. Only epoll tells of it; the portable transport learns of it at its next write.</summary>
[TestFixture, Platform("Linux")]
internal sealed class PipeliningClientGoneTests
{
    [Test]
    public async Task The_provider_is_let_go_when_a_client_leaves_that_has_already_sent_its_next_request([Values] bool resets)
    {
        await using var provider = new ScriptedProvider();
        var hasBegun = new TaskCompletionSource();
        provider.Next(exchange =>
        {
            hasBegun.SetResult();
            return exchange.HangAsync();
        });
        await using var gateway = TestGateway.Before(provider, TransportKind.Epoll);
        using var client = await gateway.ConnectAsync();
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await hasBegun.Task.Soon();

        if (resets)
        {
            client.Reset();
        }
        else
        {
            client.Dispose();
        }

        await provider.Connections[0].Closed;
    }
}
