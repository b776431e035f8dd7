using System.Text;
using System.Text.Json;
using Gateway.Core.Telemetry;
using Gateway.Tests.Support;

namespace Gateway.Tests.Core.Telemetry;

[TestFixture]
internal sealed class JsonLogLineTests
{
    [Test]
    public void Is_one_JSON_object_and_a_line_feed()
    {
        var line = Begun();
        line.Text("address"u8, "127.0.0.1:8080"u8).Number("count"u8, long.MinValue).Text("none"u8, (string?)null).End();
        Assert.That(
            Encoding.UTF8.GetString(line.Written),
            Is.EqualTo("""{"ts":"2026-11-23T07:05:07.042Z","level":"info","event":"listening","address":"127.0.0.1:8080","count":-9223372036854775808,"none":""}""" + "\n"));
    }

    [Test]
    public void Any_text_comes_back_as_it_was()
    {
        var text = string.Concat(Enumerable.Range(0, 0x500).Select(code => (char)code)) + "世界🌍";
        var line = Begun();
        line.Text("text"u8, text).End();
        Assert.That(Encoding.UTF8.GetString(line.Written).Count(character => character < ' '), Is.EqualTo(1));
        using var json = JsonDocument.Parse(line.Written.ToArray());
        Assert.That(json.RootElement.GetProperty("text").GetString(), Is.EqualTo(text));
    }

    [Test]
    public void Bytes_that_are_no_UTF8_do_not_spoil_the_line()
    {
        var line = Begun();
        line.Text("text"u8, [0xC3, 0x28, 0xFF, (byte)'z', 0xF0, 0x9F]).End();
        using var json = JsonDocument.Parse(line.Written.ToArray());
        Assert.That(json.RootElement.GetProperty("text").GetString(), Is.EqualTo("\uFFFD(\uFFFDz\uFFFD"));
    }

    [Test]
    public void A_line_never_grows_over_its_cap_and_says_that_it_is_cut([Range(15_900, 16_500, 7)] int length)
    {
        var line = Begun();
        line.Text("long"u8, string.Concat(Enumerable.Repeat("🌍", length / 4))).Number("after"u8, 1).Text("end"u8, "x"u8).End();
        Assert.That(line.Written.Length, Is.LessThanOrEqualTo(LogLine.MaxBytes));
        using var json = JsonDocument.Parse(line.Written.ToArray());
        Assert.That(json.RootElement.GetProperty("long").GetString(), Does.Match("^(🌍)+$"));
        Assert.That(json.RootElement.TryGetProperty("cut", out _), Is.EqualTo(line.IsCut));
    }

    [Test]
    public void Many_fields_are_cut_between_fields()
    {
        var line = Begun();
        for (var field = 0; field < 3000; field++)
        {
            line.Number("number"u8, long.MaxValue);
        }

        line.End();
        Assert.That(line.Written.Length, Is.LessThanOrEqualTo(LogLine.MaxBytes));
        Assert.That(() => JsonDocument.Parse(line.Written.ToArray()).Dispose(), Throws.Nothing);
        Assert.That(line.IsCut);
    }

    [Test]
    public void A_line_is_used_again_without_a_trace_of_the_last()
    {
        var line = Begun();
        line.Text("long"u8, new string('x', 20_000)).End();
        line.Begin(RecordingLogSink.Time, LogLevel.Error, "stopped"u8);
        line.End();
        Assert.That(
            Encoding.UTF8.GetString(line.Written),
            Is.EqualTo("""{"ts":"2026-11-23T07:05:07.042Z","level":"error","event":"stopped"}""" + "\n"));
    }

    private static JsonLogLine Begun()
    {
        var line = new JsonLogLine();
        line.Begin(RecordingLogSink.Time, LogLevel.Info, "listening"u8);
        return line;
    }
}
