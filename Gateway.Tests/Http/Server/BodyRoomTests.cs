using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Tests.Http.Server;

[TestFixture]
internal sealed class BodyRoomTests
{
    [Test]
    public void Never_gives_more_than_there_is_with_64_threads()
    {
        const int Most = 10 * Block.Size;
        var room = new BodyRoom(Most);
        var most = 0L;
        var threads = Enumerable.Range(1, 64).Select(bytes => new Thread(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                if (room.TryTake(Block.Size + bytes, held: 0))
                {
                    InterlockedMax(ref most, room.Taken);
                    room.GiveBack(Block.Size + bytes);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.That(most, Is.LessThanOrEqualTo(Most));
        Assert.That((room.Taken, room.Left), Is.EqualTo((0L, (long)Most)));
    }

    [Test]
    public void What_fits_into_a_block_always_has_room_and_takes_none()
    {
        var room = new BodyRoom(Block.Size + 1);
        Assert.Multiple(() =>
        {
            Assert.That(room.TryTake(Block.Size, held: 0));
            Assert.That(room.Taken, Is.Zero);
            Assert.That(room.TryTake(1, held: Block.Size), "all of it counts now");
            Assert.That(room.Left, Is.Zero);
            Assert.That(room.TryTake(Block.Size, held: 0), "of somebody else");
            Assert.That(room.TryTake(1, held: Block.Size), Is.False, "that is more than there is");
        });
        room.GiveBack(Block.Size);
        Assert.That(room.Left, Is.Zero);
        room.GiveBack(Block.Size + 1);
        Assert.That(room.Taken, Is.Zero);
    }

    private static void InterlockedMax(ref long most, long seen)
    {
        for (var before = Volatile.Read(ref most); seen > before;)
        {
            before = Interlocked.CompareExchange(ref most, seen, before);
        }
    }
}
