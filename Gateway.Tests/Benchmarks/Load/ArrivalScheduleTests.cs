using Gateway.Benchmarks.Load;

namespace Gateway.Tests.Benchmarks.Load;

internal sealed class ArrivalScheduleTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void Requests_are_due_at_a_fixed_rate()
    {
        var schedule = ArrivalSchedule.Part(start: 5 * Second, rate: 4, part: 0, parts: 1);
        Assert.That(Enumerable.Range(0, 5).Select(n => schedule.InstantOf(n) - (5 * Second)), Is.EqualTo((long[])[0, Second / 4, Second / 2, Second * 3 / 4, Second]));
    }

    [Test]
    public void Parts_of_a_rate_take_turns()
    {
        var parts = Enumerable.Range(0, 3).Select(part => ArrivalSchedule.Part(0, rate: 1_000, part, parts: 3));
        var all = parts.SelectMany(part => Enumerable.Range(0, 4).Select(n => part.InstantOf(n))).Order();
        Assert.That(all, Is.EqualTo(Enumerable.Range(0, 12).Select(n => n * 1_000_000L)));
    }

    [Test]
    public void A_rate_that_does_not_divide_a_second_does_not_drift()
    {
        var schedule = ArrivalSchedule.Part(0, rate: 7, part: 0, parts: 1);
        Assert.That(schedule.InstantOf(7 * 3_600), Is.EqualTo(3_600 * Second).Within(1));
    }

    [TestCase(0, 0)]
    [TestCase(5, 0)]
    [TestCase(999, 0)]
    [TestCase(1_000, 0)]
    [TestCase(2_000, 0)]
    public void A_request_is_due_when_the_window_opens(long now, long rest)
    {
        var start = ArrivalSchedule.StartBefore(new Window(1_000, 2_000), rate: 1e7, now);
        Assert.That(start, Is.InRange(Math.Min(now, 1_000), 1_000));
        Assert.That((1_000 - start) % 100, Is.EqualTo(rest), "a whole number of intervals before it");
    }

    [TestCase(-1, 0)]
    [TestCase(0, 1)]
    [TestCase(99, 1)]
    [TestCase(100, 2)]
    [TestCase(1_050, 11)]
    public void The_first_after_an_instant_is_the_next_to_wait_for(long instant, long number) =>
        Assert.That(new ArrivalSchedule(0, 100).FirstAfter(instant), Is.EqualTo(number));
}
