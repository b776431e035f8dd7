using Gateway.Http.Wire;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class FieldSetTests
{
    [Test]
    public void Takes_fields_in_and_out_one_by_one()
    {
        foreach (var field in Enum.GetValues<KnownHeader>())
        {
            var alone = default(FieldSet).With(field);
            Assert.Multiple(() =>
            {
                Assert.That(Enum.GetValues<KnownHeader>().Where(alone.Contains), Is.EqualTo([field]));
                Assert.That(alone.Without(field), Is.EqualTo(default(FieldSet)));
            });
        }
    }

    [Test]
    public void What_belongs_to_a_connection_or_to_the_framing_may_not_pass() => Assert.That(
        Enum.GetValues<KnownHeader>().Where(static field => !FieldSet.Forwardable.Contains(field)),
        Is.EqualTo(
        [
            KnownHeader.Host, KnownHeader.ContentLength, KnownHeader.TransferEncoding, KnownHeader.Connection, KnownHeader.KeepAlive, KnownHeader.Upgrade, KnownHeader.Te,
            KnownHeader.Trailer, KnownHeader.Http2Settings, KnownHeader.ProxyConnection, KnownHeader.ProxyAuthenticate, KnownHeader.ProxyAuthorization, KnownHeader.Expect,
        ]));
}
