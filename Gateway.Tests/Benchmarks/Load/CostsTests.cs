using Gateway.Benchmarks.Load;

namespace Gateway.Tests.Benchmarks.Load;

internal sealed class CostsTests
{
    private static readonly Window Window = new(1_000, 2_000);

    [TestCase(1_000, 2_000, 500)]
    [TestCase(1_500, 2_000, 1_000)]
    [TestCase(1_000, 3_000, 250)]
    public void Clocks_that_are_read_late_tell_of_the_whole_window_all_the_same(long first, long last, long whole) =>
        Assert.That(Costs.Within(Window, first, 7_000, last, 7_500), Is.EqualTo(whole));

    [Test]
    public void What_has_no_clock_is_not_known() =>
        Assert.That(Costs.Within(Window, 1_000, null, 2_000, null), Is.EqualTo(-1));
}
