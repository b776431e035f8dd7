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
                BlockMasks.Read(ref block[0], out var quotes, out var backslashes, out var controls);
                var letters = BlockMasks.EscapeLetters(ref block[0], out var unicodes);
                var bit = 1UL << at;
                Assert.That(quotes, Is.EqualTo(value == '"' ? bit : 0));
                Assert.That(backslashes, Is.EqualTo(value == '\\' ? bit : 0));
                Assert.That(controls, Is.EqualTo(value < 0x20 ? bit : 0));
                Assert.That(letters, Is.EqualTo("\"\\/bfnrtu".Contains((char)value) ? bit : 0));
                Assert.That(unicodes, Is.EqualTo(value == 'u' ? bit : 0));
            }
        }
    }
}
