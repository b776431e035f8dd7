using Gateway.Http.Sockets;
using Gateway.Tests.Support;

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
    public void What_traffic_needs_at_once_stays_and_is_not_made_again()
    {
        var pool = new BlockPool();
        var blocks = Rent(pool, 300);
        Array.ForEach(blocks, pool.Return);
        Assert.That(pool.FreeBlocks, Is.EqualTo(300));
        Assert.That(Rent(pool, 300), Is.EquivalentTo(blocks));
    }

    [Test]
    public void What_two_periods_did_not_need_is_given_up_down_to_a_floor()
    {
        var pool = new BlockPool();
        Array.ForEach(Rent(pool, 600), pool.Return);
        pool.EndPeriod();
        Array.ForEach(Rent(pool, 300), pool.Return);
        Assert.That(pool.FreeBlocks, Is.EqualTo(600), "the period before needed them");
        pool.EndPeriod();
        Assert.That(pool.FreeBlocks, Is.EqualTo(300));
        pool.EndPeriod();
        Assert.That(pool.FreeBlocks, Is.EqualTo(256));
    }

    [Test]
    public void A_reactor_gives_up_by_itself_what_a_burst_needed()
    {
        var time = new ManualTime();
        using var reactor = new PortableReactor("pool", time);
        Array.ForEach(Rent(reactor.Blocks, 300), reactor.Blocks.Return);
        for (var period = 0; period < 2; period++)
        {
            time.Advance(10_100);
            reactor.Timers.ReadClock();
            reactor.Timers.Advance();
        }

        Assert.That(reactor.Blocks.FreeBlocks, Is.EqualTo(256));
    }

    [Test]
    public void While_memory_is_short_no_more_than_the_floor_comes_back()
    {
        var pool = new BlockPool();
        Array.ForEach(Rent(pool, 300), pool.Return);
        var blocks = Rent(pool, 400);
        pool.SetShort(true);
        Assert.That(pool.FreeBlocks, Is.Zero, "those on loan are nobody's to give");
        Array.ForEach(blocks, pool.Return);
        Assert.That(pool.FreeBlocks, Is.EqualTo(256), "though traffic needed 400 at once");
        pool.SetShort(false);
        Array.ForEach(Rent(pool, 400), pool.Return);
        Assert.That(pool.FreeBlocks, Is.EqualTo(400));
        pool.SetShort(true);
        Assert.That(pool.FreeBlocks, Is.EqualTo(256), "what waits above it goes at once");
    }

    [Test]
    [Platform("Linux")]
    public void What_is_given_up_has_no_memory_and_is_used_again_before_a_new_one_is_made()
    {
        const int Floor = 256;
        var pool = new BlockPool();
        var blocks = Rent(pool, Floor + 3);
        Array.ForEach(blocks, block => block.Whole.Fill(1));
        Array.ForEach(blocks, pool.Return);
        pool.SetShort(true);
        Assert.That((pool.FreeBlocks, pool.ColdBlocks), Is.EqualTo((Floor, 3)));

        var again = Rent(pool, Floor + 3);
        Assert.That(again, Is.EquivalentTo(blocks));
        Assert.That(again.Count(block => block.Whole[Block.Size / 2] == 0), Is.EqualTo(3), "pages of the system's");
        Array.ForEach(again, block => block.Whole.Fill(2));
        Assert.That(again.Select(block => block.Whole.IndexOfAnyExcept((byte)2)), Is.All.EqualTo(-1));
        pool.SetShort(false);
        Array.ForEach(again, pool.Return);
        Assert.That((pool.FreeBlocks, pool.ColdBlocks), Is.EqualTo((Floor + 3, 0)), "what is needed keeps its memory");
    }

    private static Block[] Rent(BlockPool pool, int count) => [.. Enumerable.Range(0, count).Select(_ => pool.Rent())];
}
