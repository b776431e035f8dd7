using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Telemetry;

[TestFixture]
internal sealed class UsageTests
{
    private static readonly Usage Opening = new(10, 1, 0, Usage.NotReported, UsageSource.Partial);

    [Test]
    public void Later_counts_win_and_unsaid_ones_stay() =>
        Assert.That(
            Opening.UpdatedBy(new Usage(Usage.NotReported, 50, 7, 8, UsageSource.Final)),
            Is.EqualTo(new Usage(10, 50, 7, 8, UsageSource.Final)));

    [Test]
    public void A_zero_is_a_count_but_erases_none() =>
        Assert.That(
            Opening.UpdatedBy(new Usage(0, 0, 0, 0, UsageSource.Final)),
            Is.EqualTo(new Usage(10, 1, 0, 0, UsageSource.Final)));

    [Test]
    public void Nothing_changes_nothing() => Assert.That(Opening.UpdatedBy(Usage.None), Is.EqualTo(Opening));
}
