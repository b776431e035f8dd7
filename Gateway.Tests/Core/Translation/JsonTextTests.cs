using System.Buffers;
using System.Text;
using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation;

[TestFixture]
internal sealed class JsonTextTests
{
    [TestCase("12", 12)]
    [TestCase("\"12\"", 12)]
    [TestCase("1.9", 1)]
    [TestCase("null", -1)]
    public void Reads_numbers_in_any_dress(string json, long expected) =>
        Assert.That(JsonText.Number(Encoding.UTF8.GetBytes(json)), Is.EqualTo(expected));

    [Test]
    public void Never_writes_half_a_surrogate_pair()
    {
        var output = new ArrayBufferWriter<byte>();
        var high = '\0';
        JsonText.Unescape("\\ud83dx\\ude00\\u00fc\\n"u8, output, ref high);
        Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Is.EqualTo("\uFFFDx\uFFFD\u00fc\n"));
    }
}
