using Gateway.Http.Sockets;

namespace Gateway.Tests.Http.Sockets;

[TestFixture]
internal sealed class BlockPoolTests
{
    [Test]
    public void A_returned_block_is_used_again_and_empty()
    {
        var pool = new BlockPool();
        var block = pool.Rent();
        block.Commit(10);
        pool.Return(block);
        Assert.Multiple(() =>
        {
            Assert.That(pool.RentedBlocks, Is.Zero);
            Assert.That(pool.Rent(), Is.SameAs(block));
            Assert.That(block.Written, Is.Zero);
        });
    }

    [Test]
    public void A_second_return_is_a_bug_and_thrown()
    {
        var pool = new BlockPool();
        var block = pool.Rent();
        pool.Return(block);
        Assert.That(() => pool.Return(block), Throws.InvalidOperationException);
        Assert.That(pool.RentedBlocks, Is.Zero);
    }

#if DEBUG
    [Test]
    public void A_returned_block_is_poisoned()
    {
        var pool = new BlockPool();
        var block = pool.Rent();
        "secret"u8.CopyTo(block.FreeSpan);
        block.Commit(6);
        var kept = block.WrittenFrom(0);
        pool.Return(block);
        Assert.That(kept.ToArray(), Is.All.EqualTo(0xDB));
    }
#endif

    [Test]
    public void The_pool_keeps_only_so_much_after_a_burst()
    {
        var pool = new BlockPool();
        var blocks = new Block[300];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = pool.Rent();
        }

        Array.ForEach(blocks, pool.Return);
        Assert.That(pool.FreeBlocks, Is.EqualTo(256));
    }
}
