using System.Text.Json;
using Gateway.Core.Telemetry;
using Gateway.Host.Logging;

namespace Gateway.Tests.Host.Logging;

[TestFixture]
internal sealed class JsonLogSinkTests
{
    private PacedStream _output = null!;
    private JsonLogSink _log = null!;

    [SetUp]
    public void Open()
    {
        _output = new PacedStream();
        _log = new JsonLogSink(_output, LogForm.Json, LogLevel.Info, TimeProvider.System);
    }

    [TearDown]
    public void Close()
    {
        _output.GoOn();
        _log.Dispose();
        _output.Dispose();
    }

    [Test]
    public void Writes_a_line_and_flushes_it_when_nothing_else_waits()
    {
        Say(1);
        Assert.That(_output.WaitForFlush());
        Assert.That(_output.Text, Does.Match("""^\{"ts":"[^"]+Z","level":"info","event":"test","number":1\}\n$"""));
    }

    [Test]
    public void Writes_lines_of_one_thread_in_order()
    {
        for (var number = 0; number < 2000; number++)
        {
            Say(number);
        }

        _log.Dispose();
        Assert.That(Numbers(), Is.EqualTo(Enumerable.Range(0, 2000)));
        Assert.That(_log.Dropped, Is.Zero);
    }

    [Test]
    public void Loses_and_mixes_nothing_when_many_threads_log()
    {
        var threads = Enumerable.Range(0, 4).Select(first => new Thread(() =>
        {
            for (var number = 0; number < 500; number++)
            {
                Say((first * 500) + number);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        _log.Dispose();
        Assert.That(Numbers(), Is.EquivalentTo(Enumerable.Range(0, 2000)));
    }

    [Test]
    public void Lines_below_the_level_are_not_opened() =>
        Assert.That(_log.Open(LogLevel.Debug, "test"u8), Is.Null);

    [Test]
    public void Never_waits_for_an_output_that_stands_still_but_drops_counts_and_reports()
    {
        _output.Stop();
        Say(-1);
        Assert.That(_output.WaitForWrite());
        for (var number = 0; number < JsonLogSink.QueuedLines + 10; number++)
        {
            Say(number);
        }

        Assert.That(_log.Dropped, Is.EqualTo(10));
        _output.GoOn();
        _log.Dispose();
        var lines = _output.Text.Split('\n');
        Assert.That(lines[1], Does.Contain("\"level\":\"warning\",\"event\":\"log_lines_dropped\",\"count\":10}"));
        Assert.That(lines, Has.Length.EqualTo(1 + 1 + JsonLogSink.QueuedLines + 1));
    }

    [Test]
    public void Goes_on_after_a_full_disk_and_reports_what_was_lost()
    {
        _output.IsFull = true;
        Say(1);
        Assert.That(() => _log.Dropped, Is.EqualTo(1).After(10_000, 1));
        _output.IsFull = false;
        Say(2);
        Assert.That(_output.WaitForFlush());
        var lines = _output.Text.Split('\n');
        Assert.That(lines[1], Does.Contain("\"event\":\"log_lines_dropped\",\"count\":1}"));
        Assert.That(lines[2], Does.Contain("\"number\":2}"));
        Assert.That(_log.Dropped, Is.EqualTo(1));
    }

    [Test]
    public void A_report_that_was_lost_itself_is_given_again()
    {
        _output.IsFull = true;
        Say(1);
        Assert.That(() => _log.Dropped, Is.EqualTo(1).After(10_000, 1));
        Say(2);
        Assert.That(() => _log.Dropped, Is.EqualTo(2).After(10_000, 1));
        _output.IsFull = false;
        Say(3);
        Assert.That(_output.WaitForFlush());
        Assert.That(_output.Text, Does.Contain("\"count\":2}"));
    }

    [Test]
    public void Ends_although_the_output_stands_still()
    {
        _output.Stop();
        Say(1);
        Assert.That(_output.WaitForWrite());
        _log.Dispose();
        Say(2);
        Assert.That(_log.Dropped, Is.EqualTo(1));
    }

    [Test]
    public void Logging_an_exchange_allocates_nothing_on_the_thread_that_logs()
    {
        for (var round = 0; round < 1000; round++)
        {
            LogExchange();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            LogExchange();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        // Waits for the line, so that the pool never runs dry however busy the machine is.
        void LogExchange()
        {
            AccessLine.Write(_log, new ExchangeRecord
            {
                RequestId = "req_gw_0123456789abcdefghijklmn"u8,
                Provider = "anthropic"u8,
                Model = "claude-opus-5-5"u8,
                TotalMicroseconds = 123_456,
                Usage = new Usage(1, 2, 3, 4, UsageSource.Final),
            });
            _output.WaitForFlush();
        }
    }

    private void Say(long number) => _log.Post(_log.Open(LogLevel.Info, "test"u8)?.Number("number"u8, number));

    private List<int> Numbers() =>
        [.. _output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(NumberOf)];

    private static int NumberOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("number").GetInt32();
    }
}
