using System.Text;
using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class EscapeBlocksTests
{
    private static readonly string[] Words = ["x", "word ", "\\n", "\\\\", "\\\"", "\\u00e9", "\\/", "\\t", "\u00e9", "\\\\\\\\"];

    [Test]
    public void Finds_the_closing_quote_behind_any_mixture_of_escapes()
    {
        var random = new Random(7);
        for (var round = 0; round < 5_000; round++)
        {
            var content = new StringBuilder();
            while (content.Length < 200)
            {
                content.Append(Words[random.Next(Words.Length)]);
            }

            var bytes = Encoding.UTF8.GetBytes(content + "\"" + new string(' ', 64));
            var quote = bytes.Length - 65;
            Assert.That(EscapeBlocks.Skip(bytes, 0, out var error), Is.EqualTo(quote), content.ToString());
            Assert.That(error, Is.EqualTo(ScanError.None));
        }
    }

    [Test]
    public void Names_the_wrong_byte_behind_a_backslash([Range(0, 62)] int at)
    {
        for (var value = 0x20; value < 0x80; value++)
        {
            var bytes = Enumerable.Repeat((byte)'x', 128).ToArray();
            bytes[at] = (byte)'\\';
            bytes[at + 1] = (byte)value;
            var isLetter = "\"\\/bfnrt".Contains((char)value);
            _ = EscapeBlocks.Skip(bytes, 0, out var error);
            Assert.That(error == ScanError.None, Is.EqualTo(isLetter), $"\\{(char)value}");
        }
    }

    [Test]
    public void Finds_control_bytes([Range(0, 63)] int at)
    {
        var bytes = Enumerable.Repeat((byte)'x', 64).ToArray();
        bytes[at] = 0x1F;
        Assert.That(EscapeBlocks.Skip(bytes, 0, out var error), Is.EqualTo(at));
        Assert.That(error, Is.EqualTo(ScanError.ControlByteInString));
    }

    [Test]
    public void Never_stops_inside_an_escape_that_the_segment_cuts([Range(55, 63)] int at)
    {
        var bytes = Enumerable.Repeat((byte)'x', 64).ToArray();
        Encoding.ASCII.GetBytes("\\u00e9").AsSpan(0, Math.Min(6, 64 - at)).CopyTo(bytes.AsSpan(at));
        var stop = EscapeBlocks.Skip(bytes, 0, out var error);
        Assert.That(error, Is.EqualTo(ScanError.None));
        Assert.That(stop, Is.EqualTo(at <= 58 ? 64 : at));
    }

    [Test]
    public void Asks_four_hex_digits_behind_a_u_wherever_the_blocks_cut_it([Range(0, 140)] int at)
    {
        for (var digit = 0; digit < 4; digit++)
        {
            foreach (var wrong in "g\"\\/:@G`\u0001")
            {
                var bytes = Enumerable.Repeat((byte)'x', 256).ToArray();
                "\\u09aF"u8.CopyTo(bytes.AsSpan(at));
                _ = EscapeBlocks.Skip(bytes, 0, out var none);
                bytes[at + 2 + digit] = (byte)wrong;
                var stop = EscapeBlocks.Skip(bytes, 0, out var error);
                Assert.That(none, Is.EqualTo(ScanError.None));
                Assert.That(stop, Is.EqualTo(at + 2 + digit), $"{wrong}");
                Assert.That(error, Is.EqualTo(ScanError.InvalidEscape), $"{wrong}");
            }
        }
    }
}
