using System.Net;
using Gateway.Host.Cli.Client;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>What the process runs out of does not bring it down.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed class ExhaustionTests
{
    [TestCase("epoll")]
    [TestCase("sockets")]
    public async Task Out_of_descriptors_it_serves_whom_it_has_and_takes_others_when_some_have_left(string transport)
    {
        const int Descriptors = 256;
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = await GatewayProcess.ListeningAsync(GatewayProcess.StartAfter(
            $"ulimit -n {Descriptors}", TestGateway.ConfigFor(provider, listener: $"\"transport\": \"{transport}\", \"reactors\": 1")));
        using var first = await RawClient.ConnectAsync(gateway.EndPoint);
        Assert.That((await first.PostAsync(Samples.Request)).Status, Is.EqualTo(200), "and the provider's connection waits in the pool");

        var crowd = new List<RawClient>();
        for (var i = 0; i < Descriptors; i++)
        {
            crowd.Add(await RawClient.ConnectAsync(gateway.EndPoint));
        }

        Assert.That((await first.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
        crowd.ForEach(client => client.Dispose());
        using var next = await RawClient.ConnectAsync(gateway.EndPoint);
        Assert.That((await next.PostAsync(Samples.Request)).Status, Is.EqualTo(200));

        await gateway.TerminateAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
    }

    [TestCase("epoll")]
    [TestCase("sockets")]
    public async Task A_burst_of_large_requests_that_memory_does_not_suffice_for_is_told_to_come_again(string transport)
    {
        const int Clients = 300;
        const int Refused = 150;
        var refused = 0;
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await goOn.Task.Soon();
                await exchange.AnswerJsonAsync(Samples.Answer);
            },
        };

        // 192 MiB for 300 MB.
        await using var gateway = await GatewayProcess.ListeningAsync(GatewayProcess.StartAfter(
            "export DOTNET_GCHeapHardLimit=C000000", TestGateway.ConfigFor(provider, listener: $"\"transport\": \"{transport}\", \"max_attempts\": 1")));
        var large = Samples.LargeMessage(1_000_000);
        var statuses = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            using var client = await RawClient.ConnectAsync(gateway.EndPoint);
            var status = (await client.PostAsync(large)).Status;
            if (status == 529 && Interlocked.Increment(ref refused) == Refused)
            {
                goOn.SetResult();
            }

            return status;
        }));

        Assert.That(statuses.Distinct(), Is.EquivalentTo((int[])[200, 529]));
        using var next = await RawClient.ConnectAsync(gateway.EndPoint);
        Assert.That((await next.PostAsync(large)).Status, Is.EqualTo(200));
        await gateway.TerminateAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
    }

    [TestCase(">/dev/full")]
    [TestCase(">&-")]
    public async Task With_nowhere_to_log_it_serves(string redirection)
    {
        var folder = Directory.CreateTempSubdirectory("gw");
        var socket = Path.Combine(folder.FullName, "g.sock");
        await using var gateway = GatewayProcess.StartAfter(
            $"exec {redirection}", $$"""{ "claude_gateway": { "request_logging": true, "unix_socket": "{{socket}}" } }""");
        using var handler = new GatewayPlace(new Uri("http://localhost"), socket).MakeHandler();
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://localhost") };
        await ThereAsync(socket);
        for (var i = 0; i < 100; i++)
        {
            using var response = await client.GetAsync("/anthropic/v1/models").Soon();
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await gateway.TerminateAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Five_hundred_streams_finish_after_the_signal_to_stop()
    {
        const int Streams = 500;
        var begun = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Samples.Events[0]);
                if (Interlocked.Increment(ref begun) == Streams)
                {
                    all.SetResult();
                }

                await goOn.Task;
                await exchange.SendChunkAsync(string.Concat(Samples.Events[1..]));
                await exchange.EndChunksAsync();
            },
        };
        await using var gateway = await GatewayProcess.StartListeningAsync(TestGateway.ConfigFor(provider));
        var clients = new List<RawClient>();
        for (var i = 0; i < Streams; i++)
        {
            clients.Add(await RawClient.ConnectAsync(gateway.EndPoint));
            await clients[i].SendAsync("POST /anthropic/v1/messages", Samples.Request);
        }

        await all.Task.Soon();
        await gateway.TerminateAsync();
        await gateway.LineAsync("\"stopping\"");
        goOn.SetResult();
        foreach (var client in clients)
        {
            await client.ReadUntilAsync("\r\n0\r\n\r\n");
            client.Dispose();
        }

        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
        Assert.That(gateway.Output, Does.Contain("\"cut_connections\":0"));
    }

    // Without a log there is nobody to say that it listens.
    private static async Task ThereAsync(string file)
    {
        using var watch = new FileSystemWatcher(Path.GetDirectoryName(file)!);
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watch.Renamed += (_, renamed) =>
        {
            if (renamed.FullPath == file)
            {
                there.TrySetResult();
            }
        };
        watch.EnableRaisingEvents = true;
        if (!File.Exists(file))
        {
            await there.Task.Soon();
        }
    }
}
