using System.Buffers;
using System.Text;
using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class StableHashTests
{
    [Test]
    public void Differs_with_every_byte_and_length()
    {
        var texts = Enumerable.Range(0, 20_000).Select(i => $"session-{i}").Append("").Append("\0").Append("\0\0");
        Assert.That(texts.Select(text => StableHash.Of(Encoding.UTF8.GetBytes(text))), Is.Unique);
    }

    [Test]
    public void Does_not_mind_where_a_sequence_is_cut()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("some text ", 20)));
        var whole = StableHash.Of(new ReadOnlySequence<byte>(bytes), 5);
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var first = new Piece(bytes.AsMemory(0, cut), null);
            var second = new Piece(bytes.AsMemory(cut), first);
            Assert.That(StableHash.Of(new ReadOnlySequence<byte>(first, 0, second, bytes.Length - cut), 5), Is.EqualTo(whole));
        }
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            before?.Next = this;
        }
    }
}
