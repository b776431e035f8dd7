using Gateway.Benchmarks.Load;

namespace Gateway.Tests.Benchmarks.Load;

/// <summary>A time belongs to the part of the window in which it ended.</summary>
internal sealed class TimelineTests
{
    private static readonly Window Window = new(1_000, 1_000 + (Timeline.Parts * 100));

    [TestCase(1_000, 0)]
    [TestCase(1_099, 0)]
    [TestCase(1_100, 1)]
    [TestCase(2_999, Timeline.Parts - 1)]
    public void Is_taken_by_the_part_in_which_it_ended(long end, int part)
    {
        var line = new Timeline(Window);
        line.Add(end, 77);
        Assert.That(Enumerable.Range(0, Timeline.Parts).Where(one => line[one] is not null), Is.EqualTo((int[])[part]));
        Assert.That(line[part]!.GetValueAtPercentile(50), Is.EqualTo(77));
    }

    [TestCase(999)]
    [TestCase(3_000)]
    public void What_ended_outside_is_not_taken(long end)
    {
        var line = new Timeline(Window);
        line.Add(end, 77);
        Assert.That(Enumerable.Range(0, Timeline.Parts).All(one => line[one] is null), Is.True);
    }

    [Test]
    public void What_several_reactors_saw_is_one_line()
    {
        var (line, other) = (new Timeline(Window), new Timeline(Window));
        line.Add(1_000, 10);
        other.Add(1_000, 20);
        other.Add(2_000, 30);
        line.Add(other);
        Assert.That((line[0]!.TotalCount, line[Timeline.Parts / 2]!.TotalCount), Is.EqualTo((2, 1)));
    }
}
