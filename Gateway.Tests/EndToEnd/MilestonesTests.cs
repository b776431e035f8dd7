using Gateway.Http.Proxying;

namespace Gateway.Tests.EndToEnd;

/// <summary>Whose a time is.</summary>
[TestFixture]
internal sealed class MilestonesTests
{
    private readonly Milestones _times = new();

    [Test]
    public void Translation_and_writing_are_the_gateways_own_and_no_queue()
    {
        _times.Begin();
        _times.Ask(110);
        _times.Rent(130);
        _times.QueuedUntil = 131;
        _times.ConnectedAt = 135;
        _times.WrittenAt = 155;
        _times.FirstByteAt = 255;
        Assert.That(_times.Shares(100, 260), Is.EqualTo((1, 4, 100, 55)));
    }

    [Test]
    public void A_second_connection_is_the_same_wait_and_an_earlier_provider_nobodys_overhead()
    {
        _times.Begin();
        _times.Ask(100);
        _times.Ask(200);
        _times.Rent(200);
        _times.Rent(230);
        _times.QueuedUntil = 231;
        _times.ConnectedAt = 240;
        _times.WrittenAt = 240;
        _times.FirstByteAt = 300;
        Assert.That(_times.Shares(100, 300), Is.EqualTo((31, 9, 60, 0)));
    }

    [Test]
    public void What_was_not_reached_took_no_time()
    {
        _times.Begin();
        _times.Ask(100);
        Assert.That(_times.Shares(100, 107), Is.EqualTo((0, 0, 0, 7)));
    }
}
