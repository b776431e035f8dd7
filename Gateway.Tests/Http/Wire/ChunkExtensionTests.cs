using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class ChunkExtensionTests
{
    [TestCase(";a", true)]
    [TestCase(" ; a", true)]
    [TestCase(";a=b", true)]
    [TestCase(";a = b;c", true)]
    [TestCase(";a=\"\"", true)]
    [TestCase(";a=\"b\\\"c\"", true)]
    [TestCase("", false)]
    [TestCase(" ", false)]
    [TestCase(";", false)]
    [TestCase(";a=", false)]
    [TestCase(";a ", false)]
    [TestCase(";a=b ", false)]
    [TestCase(";a=\"b", false)]
    [TestCase(";a=\"b\\\"", false)]
    public void May_end_after_a_name_or_a_value_only(string text, bool mayEnd)
    {
        var extension = default(ChunkExtension);
        foreach (var value in Heads.Bytes(text))
        {
            Assert.That(extension.Step(value), text);
        }

        Assert.That(extension.MayEnd, Is.EqualTo(mayEnd));
    }

    [TestCase("a")]
    [TestCase("=")]
    [TestCase(";;")]
    [TestCase(";=")]
    [TestCase(";\"")]
    [TestCase(";a b")]
    [TestCase(";a=;")]
    [TestCase(";a==")]
    [TestCase(";a=\"b\"c")]
    [TestCase(";a=\"\n")]
    [TestCase(";a=\"\\\r")]
    [TestCase(";a\r")]
    [TestCase(";\x80")]
    public void Has_no_place_for_the_last_byte_of(string text)
    {
        var extension = default(ChunkExtension);
        var bytes = Heads.Bytes(text);
        for (var at = 0; at < bytes.Length; at++)
        {
            Assert.That(extension.Step(bytes[at]), Is.EqualTo(at < bytes.Length - 1));
        }
    }
}
