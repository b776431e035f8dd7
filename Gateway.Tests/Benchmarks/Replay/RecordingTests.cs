using Gateway.Benchmarks.Replay;

namespace Gateway.Tests.Benchmarks.Replay;

/// <summary>What a capture holds, and how it is played.</summary>
internal sealed class RecordingTests
{
    private const string Second = """{"at_us":2000000,"status":200,"stream":true,"request_bytes":500,"pieces":[1000,300,20000,150]}""";
    private const string First = """{"at_us":1000000,"status":200,"stream":false,"request_bytes":90,"pieces":[5000,1046]}""";
    private const string Failed = """{"at_us":1500000,"status":529,"stream":true,"request_bytes":500,"pieces":[1000,80]}""";
    private const string Left = """{"at_us":1500000,"status":0,"stream":true,"request_bytes":500,"pieces":[]}""";

    private readonly string _file = Path.GetTempFileName();

    [OneTimeTearDown]
    public void RemoveFile() => File.Delete(_file);

    [Test]
    public void Holds_whole_answers_in_the_order_they_were_asked_for()
    {
        var recording = Load(1, Second, Failed, First, Left);
        Assert.Multiple(() =>
        {
            Assert.That(recording.Exchanges.Select(static exchange => exchange.RequestBytes), Is.EqualTo((int[])[90, 500]));
            Assert.That(recording.LeftOut, Is.EqualTo(2));
            Assert.That((recording.Exchanges[1].AnswerBytes, recording.Exchanges[1].Microseconds), Is.EqualTo((450, 21_000)));
        });
    }

    [TestCase(1, 1_000_000_000, 1.0, 21_000_000)]
    [TestCase(10, 100_000_000, 0.1, 2_100_000)]
    [TestCase(100, 10_000_000, 0.1, 210_000)]
    public void All_its_times_shrink_alike(int speed, long offset, double seconds, long longest)
    {
        var recording = Load(speed, First, Second);
        Assert.Multiple(() =>
        {
            Assert.That((recording.OffsetOf(0), recording.OffsetOf(1)), Is.EqualTo((0, offset)));
            Assert.That(recording.Seconds, Is.EqualTo(seconds), "with a least length: one request has none");
            Assert.That(recording.Played(recording.Exchanges[1].Microseconds), Is.EqualTo(longest));
        });
    }

    [TestCase("{\"event\":\"started\"}", ":1 is no line of a capture")]
    [TestCase("nothing of the kind", ":1 is no line of a capture")]
    [TestCase(Failed, "has no exchange that ended well")]
    public void Anything_else_is_refused_by_name_and_line(string line, string message) => Assert.That(
        () => Load(1, line),
        Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(_file).And.Message.Contains(message));

    [TestCase("request_bytes\":500", "request_bytes\":4000000000", "request_bytes is 4000000000")]
    [TestCase("at_us\":2000000", "at_us\":-1", "at_us is -1")]
    [TestCase("1000,300", "1000,9000000000", "pieces (bytes) is 9000000000")]
    [TestCase("1000,300", "9000000000000,300", "pieces (microseconds) is 9000000000000")]
    public void A_number_that_can_be_none_is_refused_by_name(string written, string odd, string message) => Assert.That(
        () => Load(1, First, Second.Replace(written, odd, StringComparison.Ordinal)),
        Throws.TypeOf<InvalidDataException>().With.Message.StartsWith($"{_file}:2").And.Message.Contains(message));

    [Test]
    public void A_last_line_that_is_still_being_written_is_left_out_and_told()
    {
        File.WriteAllText(_file, $"{First}\n{Failed}\n{Second[..40]}");
        var recording = Recording.Load(_file, speed: 1);
        Assert.That((recording.Exchanges.Count, recording.LeftOut, recording.IsCut), Is.EqualTo((1, 1, true)));

        File.WriteAllText(_file, $"{First}\n{Second}");
        recording = Recording.Load(_file, speed: 1);
        Assert.That((recording.Exchanges.Count, recording.LeftOut, recording.IsCut), Is.EqualTo((2, 0, false)), "only the end of the line is missing");
    }

    [Test]
    public void Another_capture_and_another_speed_are_something_else_to_play()
    {
        var names = (string[])[$"{Load(1, First)}", $"{Load(2, First)}", $"{Load(1, First.Replace("90", "91", StringComparison.Ordinal))}"];
        Assert.That(names, Is.Unique);
        Assert.That($"{Load(1, First)}", Is.EqualTo(names[0]));
    }

    [Test]
    public void Requests_are_due_when_they_were_and_shared_out_in_turn()
    {
        var recording = Load(1, First, Second, Second.Replace("2000000", "4000000", StringComparison.Ordinal));
        var (even, odd) = (new RecordedSchedule(recording, 100, 0, 2), new RecordedSchedule(recording, 100, 1, 2));
        Assert.Multiple(() =>
        {
            Assert.That((even.InstantOf(0), odd.InstantOf(0), even.InstantOf(1)), Is.EqualTo((100, 1_000_000_100, 3_000_000_100)));
            Assert.That(odd.InstantOf(1), Is.EqualTo(long.MaxValue), "there are three");
            Assert.That((even.FirstAfter(0), even.FirstAfter(100), even.FirstAfter(long.MaxValue - 1)), Is.EqualTo((0, 1, 2)));
        });
    }

    [Test]
    public void An_answer_has_the_recorded_sizes_where_an_event_fits()
    {
        var exchange = RecordedExchange.Parse("""{"at_us":0,"status":200,"stream":true,"request_bytes":9,"pieces":[0,2000,0,400,0,1,0,900]}""")!;

        var lengths = RecordedScript.Stream(exchange).Select(static piece => piece.Length).ToArray();

        Assert.That((lengths[0], lengths[1], lengths[3]), Is.EqualTo((2_000, 400, 900)));
        Assert.That(lengths[2], Is.InRange(100, 200), "the smallest event there is");
    }

    private Recording Load(double speed, params string[] lines)
    {
        File.WriteAllLines(_file, lines);
        return Recording.Load(_file, speed);
    }
}
