using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>The wall clock is set, by hand, by NTP or by nobody: time-outs, limits and figures go by the other clock, which only runs.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ClockJumpTests(TransportKind kind)
{
    private static readonly TimeSpan[] Jumps = [TimeSpan.FromHours(1), TimeSpan.FromHours(-2), TimeSpan.FromDays(1), TimeSpan.FromDays(-3), TimeSpan.FromDays(36_500)];

    [Test]
    public async Task A_stream_outlives_every_jump_of_the_wall_clock()
    {
        var time = new WallClock();
        await using var provider = new ScriptedProvider { Otherwise = exchange => StreamAsync(exchange, time) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider), time: time);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        var answer = await client.ReadAsync();

        Assert.That(answer.Text, Does.Contain("message_stop").And.Not.Contain("event: error"));
        await client.AskAsync("GET /metrics");
        Assert.That(Regex.Matches((await client.ReadAsync()).Text, @"^[^#].* -", RegexOptions.Multiline), Is.Empty, "nothing took less than no time");
    }

    [Test]
    public async Task A_limit_is_not_refilled_by_a_jump_of_the_wall_clock()
    {
        var time = new WallClock();
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(
            kind, TestGateway.ConfigFor(provider, "\"api_key\": \"k\", \"requests_per_minute\": 2"), time: time);
        using var client = await gateway.ConnectAsync();

        var statuses = new List<int>();
        foreach (var jump in Jumps)
        {
            time.Jump(jump);
            statuses.Add((await client.PostAsync(Samples.Request)).Status);
        }

        Assert.That(statuses, Is.EqualTo([200, 200, 429, 429, 429]));
    }

    [Test]
    public async Task A_clock_that_stands_still_keeps_nobody_from_an_answer()
    {
        var time = new ManualTime();
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider), time: time);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.That((await client.PostAsync(Samples.Request)).Text, Does.Contain("message_stop"));
        }
    }

    private static async Task StreamAsync(ProviderExchange exchange, WallClock time)
    {
        await exchange.BeginStreamAsync();
        for (var i = 0; i < Samples.Events.Length; i++)
        {
            time.Jump(Jumps[i % Jumps.Length]);
            await exchange.SendChunkAsync(Samples.Events[i]);
        }

        await exchange.EndChunksAsync();
    }

    /// <summary>Runs like the system's clock, but says a date of its own.</summary>
    private sealed class WallClock : TimeProvider
    {
        private long _ticks = DateTimeOffset.Parse("2026-11-23T12:00:00Z", CultureInfo.InvariantCulture).UtcTicks;

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

        public void Jump(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    }
}
