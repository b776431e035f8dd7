using Gateway.Core.Telemetry;
using Gateway.Host.Lifetime;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Lifetime;

[TestFixture]
internal sealed class SummaryLineTests
{
    [Test]
    public void Says_each_half_minute_what_was_done_in_it_and_nothing_where_nothing_was()
    {
        var time = new ManualTime();
        var log = new RecordingLogSink();
        var counters = new GatewayCounters(1);
        using var summary = new SummaryLine(counters, new GatewayEvents(log), time);

        time.Advance(30_000);
        Assert.That(log.Lines, Is.Empty);

        Serve(counters, requests: 3, succeeded: 2, tokens: 10);
        time.Advance(29_999);
        Assert.That(log.Lines, Is.Empty);
        time.Advance(1);
        Serve(counters, requests: 1, succeeded: 1, tokens: 5);
        time.Advance(30_000);
        time.Advance(30_000);

        Assert.That(log.Lines.Select(line => line[line.IndexOf("requests\"", StringComparison.Ordinal)..]), Is.EqualTo((string[])[
            """requests":3,"failed":1,"in_flight":0,"input_tokens":10,"output_tokens":20}""",
            """requests":1,"failed":0,"in_flight":0,"input_tokens":5,"output_tokens":10}"""]));
    }

    private static void Serve(GatewayCounters counters, long requests, long succeeded, long tokens)
    {
        var cells = counters.CellsOf(0);
        cells.Add(Counter.Begun, requests);
        cells.Add(Counter.Requests, requests);
        cells.Add(Counter.Successes, succeeded);
        cells.Add(Counter.InputTokens, tokens);
        cells.Add(Counter.OutputTokens, 2 * tokens);
    }
}
