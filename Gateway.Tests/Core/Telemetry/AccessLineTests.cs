using Gateway.Core.Telemetry;
using Gateway.Tests.Support;

namespace Gateway.Tests.Core.Telemetry;

[TestFixture]
internal sealed class AccessLineTests
{
    [Test]
    public void Tells_every_fact_of_an_exchange()
    {
        var log = new RecordingLogSink();
        AccessLine.Write(log, new ExchangeRecord
        {
            RequestId = "req_gw_1"u8,
            Endpoint = EndpointKind.Messages,
            Provider = "anthropic"u8,
            Model = "claude-opus-5-5"u8,
            Status = 200,
            Outcome = ExchangeOutcome.Succeeded,
            Attempts = 1,
            BytesIn = 49_152,
            BytesOut = 27_200,
            QueuedMicroseconds = 12,
            ConnectedMicroseconds = 40,
            FirstByteMicroseconds = 900_000,
            TotalMicroseconds = 4_000_000,
            Usage = new Usage(25, 89, 4096, 0, UsageSource.Final),
            StopReason = "tool_use"u8,
        });
        Assert.That(
            log.Lines.Single(),
            Is.EqualTo(
                """{"ts":"2026-11-23T07:05:07.042Z","level":"info","event":"exchange","request_id":"req_gw_1","endpoint":"messages","provider":"anthropic","model":"claude-opus-5-5","status":200,"outcome":"succeeded","attempts":1,"bytes_in":49152,"bytes_out":27200,"queued_us":12,"connected_us":40,"first_byte_us":900000,"total_us":4000000,"input_tokens":25,"output_tokens":89,"cache_read_tokens":4096,"cache_creation_tokens":0,"usage_source":"final","stop_reason":"tool_use"}"""));
    }

    [Test]
    public void Leaves_out_what_never_happened()
    {
        var log = new RecordingLogSink();
        AccessLine.Write(log, new ExchangeRecord
        {
            RequestId = "req_gw_2"u8,
            Status = 400,
            Outcome = ExchangeOutcome.ClientFault,
            ErrorType = "invalid_request_error"u8,
        });
        Assert.That(
            log.Lines.Single(),
            Is.EqualTo(
                """{"ts":"2026-11-23T07:05:07.042Z","level":"info","event":"exchange","request_id":"req_gw_2","endpoint":"unknown","status":400,"outcome":"client_fault","attempts":0,"bytes_in":0,"bytes_out":0,"error_type":"invalid_request_error"}"""));
    }

    [TestCase(ExchangeOutcome.Succeeded, "info", "succeeded")]
    [TestCase(ExchangeOutcome.ClientAborted, "info", "client_aborted")]
    [TestCase(ExchangeOutcome.ProviderFault, "warning", "provider_fault")]
    [TestCase(ExchangeOutcome.GatewayFault, "error", "gateway_fault")]
    public void Weighs_as_much_as_the_outcome(ExchangeOutcome outcome, string level, string name)
    {
        var log = new RecordingLogSink();
        AccessLine.Write(log, new ExchangeRecord { Outcome = outcome });
        Assert.That(log.Lines[0], Does.Contain($"\"level\":\"{level}\"").And.Contain($"\"outcome\":\"{name}\""));
    }

    [Test]
    public void Names_each_attempt_that_failed_and_why_the_first_was_asked()
    {
        FailedAttempt[] failed = [new("far \"b\""u8.ToArray(), 529, 12, "overloaded"), new("near"u8.ToArray(), 0, 3_000, "head_timeout", MayBeBilled: true)];
        var log = new RecordingLogSink();
        AccessLine.Write(log, new ExchangeRecord { Attempts = 3, Failed = failed, Reason = "warm"u8 });
        Assert.That(log.Lines[0], Does.Contain("\"reason\":\"warm\","));
        Assert.That(log.Lines[0], Does.Contain(
            """
            "attempts":3,"failed":[{"status":529,"ms":12,"reason":"overloaded","provider":"far \"b\""},{"status":0,"ms":3000,"reason":"head_timeout","possibly_billed":true,"provider":"near"}],"bytes_in":0
            """));
    }

    [Test]
    public void Attempts_that_do_not_fit_leave_a_line_whole()
    {
        var failed = Enumerable.Repeat(new FailedAttempt(new byte[2_000].AsMemory(), 529, 1, "overloaded"), 16).ToArray();
        var line = new PlainLogLine(isColoured: false, keepsJson: true);
        line.Begin(RecordingLogSink.Time, LogLevel.Info, "exchange"u8);
        AccessLine.Fill(line, new ExchangeRecord { Failed = failed });
        line.End();
        Assert.That(System.Text.Json.JsonElement.Parse(line.AsJson).GetProperty("cut").GetBoolean());
        Assert.That(line.Written[^1], Is.EqualTo((byte)'\n'));
        Assert.That(line.Written.Length, Is.LessThanOrEqualTo(LogLine.MaxBytes));
    }

    [TestCase(-1, 0, 0, "request")]
    [TestCase(-1, 1, 200, "waiting")]
    [TestCase(900, 1, 200, "answer")]
    [TestCase(-1, 0, 200, "answer")]
    public void Says_how_far_it_was_when_the_client_left(long firstByte, int attempts, int status, string stage)
    {
        var log = new RecordingLogSink();
        AccessLine.Write(log, new ExchangeRecord { Outcome = ExchangeOutcome.ClientAborted, FirstByteMicroseconds = firstByte, Attempts = attempts, Status = status });
        Assert.That(log.Lines[0], Does.Contain($"\"outcome\":\"client_aborted\",\"abort_stage\":\"{stage}\""));
    }

    [TestCase(UsageSource.Final, "final")]
    [TestCase(UsageSource.Partial, "partial")]
    [TestCase(UsageSource.Estimated, "estimated")]
    public void Says_how_much_of_the_bill_is_known(UsageSource source, string name)
    {
        var log = new RecordingLogSink();
        AccessLine.Write(log, new ExchangeRecord { Usage = new Usage(1, 2, 0, 0, source) });
        Assert.That(log.Lines[0], Does.Contain($"\"usage_source\":\"{name}\""));
    }

    [Test]
    public void Is_not_written_when_nobody_wants_it()
    {
        var log = new RecordingLogSink(LogLevel.Warning);
        AccessLine.Write(log, new ExchangeRecord { Outcome = ExchangeOutcome.Succeeded });
        Assert.That(log.Lines, Is.Empty);
    }
}
