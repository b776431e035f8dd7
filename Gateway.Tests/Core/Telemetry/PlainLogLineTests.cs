using System.Text;
using Gateway.Core.Telemetry;
using Gateway.Tests.Support;

namespace Gateway.Tests.Core.Telemetry;

[TestFixture]
internal sealed class PlainLogLineTests
{
    [Test]
    public void Is_aligned_and_quotes_what_has_spaces() =>
        Assert.That(
            Written(isColoured: false),
            Is.EqualTo("07:05:07.042 warn  provider_disabled    provider=anthropic reason=\"no key\" status=529 empty=\"\"\n"));

    [Test]
    public void Only_the_level_is_coloured() =>
        Assert.That(Written(isColoured: true), Does.StartWith("07:05:07.042 \e[33mwarn \e[0m provider_disabled "));

    [Test]
    public void A_file_gets_the_same_line_as_json()
    {
        var (line, json) = (new PlainLogLine(isColoured: true, keepsJson: true), new JsonLogLine());
        foreach (var each in (LogLine[])[line, json])
        {
            each.Begin(DateTimeOffset.UnixEpoch, LogLevel.Info, "test"u8);
            each.Text("a"u8, "x y"u8).Number("b"u8, 7).End();
        }

        Assert.That(line.AsJson.SequenceEqual(json.Written));
    }

    [Test]
    public void A_stranger_cannot_send_commands_to_the_terminal()
    {
        var line = new PlainLogLine(isColoured: false);
        line.Begin(RecordingLogSink.Time, LogLevel.Info, "an_event_with_a_name_longer_than_its_column"u8);
        line.Text("model"u8, "\e[2J\r\n\u007F\u009B1m"u8).End();
        Assert.That(Encoding.UTF8.GetString(line.Written)[..^1].Any(char.IsControl), Is.False);
    }

    private static string Written(bool isColoured)
    {
        var line = new PlainLogLine(isColoured);
        line.Begin(RecordingLogSink.Time, LogLevel.Warning, "provider_disabled"u8);
        line.Text("provider"u8, "anthropic"u8).Text("reason"u8, "no key"u8).Number("status"u8, 529).Text("empty"u8, ""u8);
        line.End();
        return Encoding.UTF8.GetString(line.Written);
    }
}
