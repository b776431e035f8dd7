using System.Net;
using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;
using Gateway.Host.Export;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Export;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OtlpExporterTests
{
    private readonly RecordingLogSink _log = new();

    [Test]
    public void Without_a_collector_what_is_lost_is_counted_and_told_once()
    {
        var exporter = Begin(new Uri("http://127.0.0.1:1"));
        Finish(exporter.Traces, 3);
        exporter.Dispose();

        Assert.That(exporter.Traces.Dropped, Is.EqualTo(3));
        Assert.That(exporter.PushesFailed, Is.EqualTo(2), "spans and metrics");
        Assert.That(_log.Lines, Has.Length.EqualTo(2).And.All.Contain("export_failed"));
        Assert.That(_log.Lines[0], Does.Contain("http://127.0.0.1:1/v1/traces"));
    }

    [TestCase(400)]
    [TestCase(307)]
    [TestCase(503)]
    public async Task What_a_collector_refuses_is_lost_in_the_end(int status)
    {
        await using var collector = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("{}", status, "location: http://127.0.0.1:1/\r\n") };
        var exporter = Begin(new Uri(collector.Url));
        Finish(exporter.Traces, 1);
        exporter.Dispose();

        Assert.That(exporter.Traces.Dropped, Is.EqualTo(1));
        Assert.That(_log.Lines[0], Does.Contain($"status {status}"));
    }

    [Test]
    public async Task What_could_not_be_delivered_for_now_is_delivered_later_once()
    {
        await using var collector = new ScriptedProvider();
        collector.Next(exchange => exchange.AnswerJsonAsync("{}", (int)HttpStatusCode.ServiceUnavailable));
        var exporter = Begin(new Uri(collector.Url), intervalSeconds: 1);
        Finish(exporter.Traces, 1);
        while (collector.Requests.Count(request => request.Head.FirstLine.Contains("traces", StringComparison.Ordinal)) < 2)
        {
            await Task.Yield();
        }

        exporter.Dispose();
        Assert.That(exporter.Traces.Dropped, Is.Zero);
        Assert.That(Pushed.Spans(collector).Select(span => span.Text("spanId")).Distinct().Count(), Is.EqualTo(1));
        Assert.That(_log.Lines, Has.Length.EqualTo(2), "once each");
        Assert.That(_log.Lines[1], Does.Contain("export_recovered"));
    }

    [Test]
    public void A_full_queue_drops_and_counts_and_allocates_nothing()
    {
        var queue = new TraceQueue(8, TimeProvider.System);
        Finish(queue, 8);
        queue.Remove(8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Finish(queue, 10);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(queue.Dropped, Is.EqualTo(2));
        Assert.That(queue.Peek(100), Has.Count.EqualTo(8));
    }

    private OtlpExporter Begin(Uri endpoint, int intervalSeconds = 3600) =>
        new(new OtlpConfig { Endpoint = endpoint, IntervalSeconds = intervalSeconds }, _ => { }, new GatewayEvents(_log), TimeProvider.System);

    private static void Finish(TraceQueue queue, int exchanges)
    {
        for (var i = 1; i <= exchanges; i++)
        {
            queue.Finished(new ExchangeRecord
            {
                Endpoint = EndpointKind.Messages,
                Trace = new TraceContext(1, 2, (ulong)i, IsSampled: true),
                TotalMicroseconds = 10,
                Model = "claude-test"u8,
            });
        }
    }
}
