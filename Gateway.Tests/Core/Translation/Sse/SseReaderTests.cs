using System.Text;
using Gateway.Core.Translation.Sse;

namespace Gateway.Tests.Core.Translation.Sse;

[TestFixture]
internal sealed class SseReaderTests
{
    [TestCase("\uFEFFdata: a\r\ndata:b\r\n\r\n: c\n\nevent: error\rdata: x\r\rdata: last", "a\nb|!x|last|")]
    public void Reads_the_same_wherever_it_is_cut(string stream, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var reader = new SseReader();
            reader.Reset();
            var seen = Read(reader, bytes.AsSpan(0, cut)) + Read(reader, bytes.AsSpan(cut));
            seen += reader.Finish() ? Encoding.UTF8.GetString(reader.Data) + "|" : "";
            Assert.That(seen, Is.EqualTo(expected), $"{cut}");
        }
    }

    private static string Read(SseReader reader, ReadOnlySpan<byte> bytes)
    {
        var seen = "";
        while (reader.Read(ref bytes))
        {
            seen += (reader.IsError ? "!" : "") + Encoding.UTF8.GetString(reader.Data) + "|";
        }

        return seen;
    }
}
