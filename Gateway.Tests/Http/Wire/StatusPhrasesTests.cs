using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class StatusPhrasesTests
{
    [Test]
    public void Each_status_of_a_refusal_has_a_phrase([Values] RejectReason reason) =>
        Assert.That(StatusPhrases.Of(RejectReasons.StatusOf(reason)).IsEmpty, Is.False);

    [Test]
    public void A_phrase_can_stand_in_a_status_line()
    {
        for (var status = 100; status < 600; status++)
        {
            Assert.That(Heads.Text(StatusPhrases.Of(status)), Does.Match("^[A-Za-z ]*$"));
        }
    }
}
