using System.Text;
using Gateway.Http.Coding;

namespace Gateway.Tests.Http.Coding;

[TestFixture]
internal sealed class ContentCodingTests
{
    [TestCase("", ContentCoding.Identity)]
    [TestCase("identity", ContentCoding.Identity)]
    [TestCase("gzip", ContentCoding.Gzip)]
    [TestCase("GZip", ContentCoding.Gzip)]
    [TestCase("x-gzip", ContentCoding.Gzip)]
    [TestCase("deflate", ContentCoding.Deflate)]
    [TestCase("br", ContentCoding.Brotli)]
    [TestCase("BR", ContentCoding.Brotli)]
    [TestCase("zstd", ContentCoding.Zstd)]
    public void A_name_is_known_in_any_case(string value, ContentCoding coding) =>
        Assert.That(ContentCodings.Parse(Encoding.ASCII.GetBytes(value)), Is.EqualTo(coding));

    [TestCase("compress")]
    [TestCase("gzip, br")]
    [TestCase("gzip,identity")]
    [TestCase("gzip;q=1")]
    [TestCase("gzipp")]
    [TestCase("aws-chunked")]
    public void Another_name_or_a_list_is_not_supported(string value) =>
        Assert.That(ContentCodings.Parse(Encoding.ASCII.GetBytes(value)), Is.EqualTo(ContentCoding.Unsupported));

    [Test]
    public void Every_coding_that_is_offered_is_understood() => Assert.That(
        Encoding.ASCII.GetString(ContentCodings.Accepted).Split(", ").Select(name => ContentCodings.Parse(Encoding.ASCII.GetBytes(name))),
        Is.EquivalentTo(Codings.All));

    [TestCase(new byte[] { 0x1F, 0x8B, 0x08, 0x00 }, ContentCoding.Gzip)]
    [TestCase(new byte[] { 0x28, 0xB5, 0x2F, 0xFD }, ContentCoding.Zstd)]
    [TestCase(new byte[] { 0x28, 0xB5 }, ContentCoding.Identity)]
    [TestCase(new byte[] { 0x7B, 0x22 }, ContentCoding.Identity)]
    [TestCase(new byte[0], ContentCoding.Identity)]
    public void Some_codings_tell_themselves(byte[] start, ContentCoding expected) => Assert.That(ContentCodings.Sniff(start), Is.EqualTo(expected));
}
