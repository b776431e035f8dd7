using System.Text.RegularExpressions;
using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class KnownHeaderTests
{
    private static IEnumerable<KnownHeader> All => Enum.GetValues<KnownHeader>().Except([KnownHeader.None]);

    [TestCaseSource(nameof(All))]
    public void Each_field_is_known_in_any_case(KnownHeader header)
    {
        var name = NameOf(header);
        Assert.Multiple(() =>
        {
            Assert.That(KnownHeaders.Identify(Heads.Bytes(name)), Is.EqualTo(header));
            Assert.That(KnownHeaders.Identify(Heads.Bytes(name.ToUpperInvariant())), Is.EqualTo(header));
            Assert.That(KnownHeaders.Identify(Heads.Bytes(name + "s")), Is.EqualTo(header == KnownHeader.Gateway ? header : KnownHeader.None));
        });
    }

    [TestCaseSource(nameof(All))]
    public void A_name_that_differs_in_one_byte_is_another(KnownHeader header)
    {
        var name = Heads.Bytes(NameOf(header));
        for (var at = 0; at < (header == KnownHeader.Gateway ? "x-gateway-".Length : name.Length); at++)
        {
            foreach (var other in "!#$%&'*+-.^_`|~0aZ"u8)
            {
                if ((other | 0x20) != name[at])
                {
                    byte[] changed = [.. name[..at], other, .. name[(at + 1)..]];
                    Assert.That(KnownHeaders.Identify(changed), Is.Not.EqualTo(header), Heads.Text(changed));
                }
            }
        }
    }

    [TestCase("Content_Length", true)]
    [TestCase("transfer_ENCODING", true)]
    [TestCase("Content-Length", false)]
    [TestCase("Content_Lengtx", false)]
    [TestCase("Content_Type", false)]
    [TestCase("Xransfer_Encoding", false)]
    public void Framing_with_an_underscore_is_seen_through(string name, bool isDisguised) =>
        Assert.That(KnownHeaders.IsDisguisedFraming(Heads.Bytes(name)), Is.EqualTo(isDisguised));

    private static string NameOf(KnownHeader header) =>
        header == KnownHeader.Http2Settings ? "http2-settings"
            : header == KnownHeader.Gateway ? "x-gateway-some"
            : Regex.Replace(header.ToString(), "(?<!^)([A-Z])", "-$1").ToLowerInvariant();
}
