using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

/// <summary>What is accepted; RefusalTable has what is not.</summary>
[TestFixture]
internal sealed class RequestLineParserTests
{
    [TestCase("GET / HTTP/1.1", "GET", "/", 1)]
    [TestCase("get /a HTTP/1.0", "get", "/a", 0)]
    [TestCase("M-SEARCH * HTTP/1.1", "M-SEARCH", "*", 1)]
    [TestCase("!#$%&'*+-.^_`|~09azAZ ?x HTTP/1.7", "!#$%&'*+-.^_`|~09azAZ", "?x", 1)]
    public void Cuts_the_line_at_its_two_spaces(string text, string method, string target, int minor)
    {
        var bytes = Heads.Bytes(text);
        Assert.That(RequestLineParser.Parse(bytes, Heads.Limits, out var line), Is.EqualTo(RejectReason.None));
        Assert.That(
            (Heads.Text(bytes[line.Method]), Heads.Text(bytes[line.Target]), line.MinorVersion),
            Is.EqualTo((method, target, minor)));
    }

    [Test]
    public void Takes_visible_ASCII_in_a_target_apart_from_what_confuses()
    {
        for (var value = 0; value < 256; value++)
        {
            var isAllowed = value is > ' ' and < 0x7F && !"\"#<>\\".Contains((char)value);
            var reason = RequestLineParser.Parse(Heads.Bytes($"GET /{(char)value} HTTP/1.1"), Heads.Limits, out _);
            Assert.That(reason == RejectReason.None, Is.EqualTo(isAllowed), $"0x{value:x2}");
        }
    }
}
