using Gateway.Core.Admission;

namespace Gateway.Tests.Core.Admission;

[TestFixture]
internal sealed class OverloadLadderTests
{
    [TestCase(0, LoadRung.Normal)]
    [TestCase(0.849, LoadRung.Normal)]
    [TestCase(0.85, LoadRung.Shrink)]
    [TestCase(0.92, LoadRung.CloseConnections)]
    [TestCase(0.95, LoadRung.Refuse)]
    [TestCase(0.98, LoadRung.StopAccepting)]
    [TestCase(1.5, LoadRung.StopAccepting)]
    public void Climbs_with_the_share_of_memory(double share, LoadRung rung) => Assert.That(OverloadLadder.For(share), Is.EqualTo(rung));

    [TestCase(0.5, 130_000, 130_000)]
    [TestCase(0.85, 130_000, 130_000)]
    [TestCase(0.90, 130_000, 66_000)]
    [TestCase(0.95, 130_000, 2_000)]
    [TestCase(1.5, 130_000, 2_000)]
    [TestCase(0.95, 500, 500)]
    public void Idle_connections_go_sooner_the_fuller_it_is(double share, int normal, int expected) =>
        Assert.That(OverloadLadder.IdleMs(share, normal), Is.EqualTo(expected).Within(1));

    [TestCase(0, 1)]
    [TestCase(0.999, 5)]
    public void A_refused_client_comes_again_within_five_seconds(double chance, int seconds) =>
        Assert.That(OverloadLadder.RetryAfterSeconds(chance), Is.EqualTo(seconds));
}
