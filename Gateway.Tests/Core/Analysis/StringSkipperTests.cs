using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class StringSkipperTests
{
    [Test]
    public void Stops_at_each_byte_that_ends_a_run([Values((byte)'"', (byte)'\\', (byte)0, (byte)0x1F)] byte stop, [Range(0, 40)] int at)
    {
        var bytes = Enumerable.Repeat((byte)'x', 41).ToArray();
        bytes[at] = stop;
        for (var start = 0; start <= at; start++)
        {
            Assert.That(StringSkipper.Skip(bytes, start), Is.EqualTo(at));
        }
    }

    [TestCase((byte)0x20)]
    [TestCase((byte)0x7F)]
    [TestCase((byte)0x80)]
    [TestCase((byte)0xFF)]
    public void Goes_over_everything_else(byte value) => Assert.That(StringSkipper.Skip(Enumerable.Repeat(value, 50).ToArray(), 3), Is.EqualTo(50));
}
