using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Core.Telemetry;
using Gateway.Tests.Architecture;
using Gateway.Tests.Support;

namespace Gateway.Tests.Deploy;

/// <summary>docs/observability.md names every event and every field of the log, and no other.</summary>
[TestFixture]
internal sealed partial class LogDocumentTests
{
    private const string Document = "docs/observability.md";

    [Test]
    public void Every_event_of_the_gateways_own_life_is_listed_with_its_fields()
    {
        var written = Methods().Split(SourceTree.Read("Gateway.Core/Telemetry/GatewayEvents.cs")).Skip(1)
            .SelectMany(method => Event().Matches(method).Select(match => (Name: match.Groups[1].Value, Fields: Field().Matches(method).Select(field => field.Groups[1].Value).ToHashSet())))
            .ToDictionary(entry => entry.Name, entry => entry.Fields);
        written["log_lines_dropped"] = ["count"];
        written["exchange"] = [];
        foreach (var row in DocumentTable.Rows(Document, "event"))
        {
            foreach (var name in DocumentTable.Names(row[0]))
            {
                Assert.That(written.Remove(name, out var fields), $"there is no event {name}");
                Assert.That(fields, Is.SubsetOf(DocumentTable.Names(row[2])), name);
            }
        }

        Assert.That(written.Keys, Is.Empty, "not listed");
    }

    [Test]
    public void Every_field_of_the_access_line_is_listed()
    {
        var line = JsonElement.Parse(FullLine());
        Assert.That(
            DocumentTable.Rows(Document, "field").SelectMany(row => DocumentTable.Names(row[0])),
            Is.EquivalentTo(line.EnumerateObject().Select(field => field.Name).Except(["ts", "level", "event"])));
    }

    [Test]
    public void Every_word_of_the_access_line_is_listed()
    {
        var listed = DocumentTable.Rows(Document, "field").ToDictionary(row => row[0], row => DocumentTable.Names(row[1]).ToList());
        var lines = new List<JsonElement>();
        for (byte i = 0; i < 8; i++)
        {
            var line = new JsonLogLine();
            line.Begin(RecordingLogSink.Time, LogLevel.Info, "exchange"u8);
            AccessLine.Fill(line, new ExchangeRecord { Endpoint = (EndpointKind)i, Outcome = (ExchangeOutcome)i, Usage = new Usage(1, 1, 1, 1, (UsageSource)(1 + (i % 3))) });
            line.End();
            lines.Add(JsonElement.Parse(line.Written));
        }

        foreach (var name in (string[])["endpoint", "outcome", "usage_source"])
        {
            Assert.That(lines.Select(line => line.GetProperty(name).GetString()).Distinct(), Is.SubsetOf(listed[$"`{name}`"]), name);
        }
    }

    private static byte[] FullLine()
    {
        FailedAttempt[] failed = [new("p"u8.ToArray(), 529, 1, "overloaded")];
        var line = new JsonLogLine();
        line.Begin(RecordingLogSink.Time, LogLevel.Info, "exchange"u8);
        AccessLine.Fill(line, new ExchangeRecord
        {
            RequestId = "r"u8,
            Provider = "p"u8,
            Model = "m"u8,
            Route = "r"u8,
            Reason = "warm"u8,
            Kind = "main"u8,
            Client = "c"u8,
            ClientAddress = "a"u8,
            Session = "s"u8,
            Agent = "a"u8,
            TraceId = "t"u8,
            Status = 200,
            Outcome = ExchangeOutcome.ClientAborted,
            Attempts = 2,
            Failed = failed,
            QueuedMicroseconds = 1,
            ConnectedMicroseconds = 1,
            FirstByteMicroseconds = 1,
            TotalMicroseconds = 1,
            OverheadMicroseconds = 1,
            Usage = new Usage(1, 1, 1, 1, UsageSource.Final),
            CacheLostTokens = 1,
            ThinkingStripped = 1,
            Dropped = "d"u8,
            DroppedOfClient = "d"u8,
            CostMicroUsd = 1,
            StopReason = "e"u8,
            ErrorType = "e"u8,
        });
        line.End();
        return line.Written.ToArray();
    }

    [GeneratedRegex("public void ")]
    private static partial Regex Methods();

    [GeneratedRegex("""
        "([a-z_]+)"u8(?: :|\))
        """)]
    private static partial Regex Event();

    [GeneratedRegex("""\.(?:Text|Number)\("([a-z_]+)"u8""")]
    private static partial Regex Field();
}
