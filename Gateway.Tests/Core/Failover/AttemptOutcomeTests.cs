using Gateway.Core.Failover;

namespace Gateway.Tests.Core.Failover;

[TestFixture]
internal sealed class AttemptOutcomeTests
{
    [Test]
    public void Only_what_a_provider_did_is_its_fault([Values] AttemptEnd end) => Assert.That(
        new AttemptOutcome(end).FailedParty,
        Is.EqualTo(end switch
        {
            AttemptEnd.Answered => FailedParty.Nobody,
            AttemptEnd.ClientLeft => FailedParty.Client,
            _ => FailedParty.Provider,
        }));

    [Test]
    public void Lateness_is_504_no_place_529_and_everything_else_502([Values] AttemptEnd end) => Assert.That(
        new AttemptOutcome(end).Status,
        Is.EqualTo(end switch
        {
            AttemptEnd.QueueTimedOut or AttemptEnd.KeyQueueTimedOut => 529,
            AttemptEnd.ConnectTimedOut or AttemptEnd.TlsTimedOut or AttemptEnd.HeadTimedOut or AttemptEnd.ContentTimedOut or AttemptEnd.TimedOut => 504,
            _ => 502,
        }));

    [Test]
    public void A_provider_that_never_had_the_request_does_not_bill_it([Values] AttemptEnd end) => Assert.That(
        new AttemptOutcome(end).MayBeBilled,
        Is.EqualTo(end is not (AttemptEnd.Answered or AttemptEnd.ClientLeft or AttemptEnd.NameNotResolved or AttemptEnd.AddressForbidden or AttemptEnd.ConnectFailed
            or AttemptEnd.ConnectTimedOut or AttemptEnd.LeadsBack or AttemptEnd.TlsFailed or AttemptEnd.TlsTimedOut or AttemptEnd.QueueTimedOut or AttemptEnd.KeyQueueTimedOut
            or AttemptEnd.Redirected)));

    [Test]
    public void Every_end_has_a_word_of_its_own_for_the_log() =>
        Assert.That(Enum.GetValues<AttemptEnd>().Select(end => new AttemptOutcome(end).Reason), Is.Unique);
}
