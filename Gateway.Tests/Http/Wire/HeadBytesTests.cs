using System.Buffers;
using Gateway.Http.Wire;
using Gateway.Tests.Core.Translation.Clients;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class HeadBytesTests
{
    [Test]
    public void A_head_in_one_piece_is_not_copied()
    {
        var bytes = Heads.Bytes("..head, body");
        var head = HeadBytes.Of(new ReadOnlySequence<byte>(bytes, 2, 10), 4);
        Assert.Multiple(() =>
        {
            Assert.That(head.Array, Is.SameAs(bytes));
            Assert.That(Heads.Text(head), Is.EqualTo("head"));
        });
    }

    [Test]
    public void A_head_that_is_cut_anywhere_is_put_together()
    {
        for (var size = 1; size < 8; size++)
        {
            var received = Pieces.Of(Heads.Bytes("the head, body"), size);
            Assert.That(Heads.Text(HeadBytes.Of(received, 8)), Is.EqualTo("the head"), $"pieces of {size}");
        }
    }
}
