using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class BlockMasksTests
{
    [Test]
    public void Marks_each_byte_of_a_block_for_what_it_is()
    {
        var block = new byte[EscapeBlocks.BlockBytes];
        for (var value = 0; value < 256; value++)
        {
            for (var at = 0; at < block.Length; at++)
            {
                Array.Fill(block, (byte)'x');
                block[at] = (byte)value;
                var masks = new BlockMasks(ref block[0]);
                var bit = 1UL << at;
                Assert.That(masks.Quotes, Is.EqualTo(value == '"' ? bit : 0));
                Assert.That(masks.Backslashes, Is.EqualTo(value == '\\' ? bit : 0));
                Assert.That(masks.Controls, Is.EqualTo(value < 0x20 ? bit : 0));
                Assert.That(masks.Unicodes, Is.EqualTo(value == 'u' ? bit : 0));
                Assert.That(masks.NotLetters, Is.EqualTo("\"\\/bfnrtu".Contains((char)value) ? ~bit : ulong.MaxValue));
                Assert.That(masks.NotDigits, Is.EqualTo(char.IsAsciiHexDigit((char)value) ? ~bit : ulong.MaxValue));
            }
        }
    }
}
