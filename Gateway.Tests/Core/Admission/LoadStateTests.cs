using Gateway.Core.Admission;

namespace Gateway.Tests.Core.Admission;

[TestFixture]
internal sealed class LoadStateTests
{
    [Test]
    public void Never_lets_more_in_than_there_is_room_for_with_64_threads()
    {
        var load = new LoadState();
        var inside = 0;
        var most = 0;
        var threads = Enumerable.Range(0, 64).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                if (load.TryEnter(5))
                {
                    var now = Interlocked.Increment(ref inside);
                    if (now > Volatile.Read(ref most))
                    {
                        Volatile.Write(ref most, now);
                    }

                    Interlocked.Decrement(ref inside);
                    load.Leave();
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.That(most, Is.LessThanOrEqualTo(5));
        Assert.That(Enumerable.Range(0, 6).Select(_ => load.TryEnter(5)), Is.EqualTo((bool[])[true, true, true, true, true, false]), "every place came back");
    }

    [Test]
    public void Who_is_refused_never_keeps_out_who_has_room()
    {
        var load = new LoadState();
        var refusals = 0;
        using var start = new Barrier(64);
        var threads = Enumerable.Range(0, 64).Select(at => new Thread(() =>
        {
            // Half of them come and go where there is room for all of them; the others are always too many.
            start.SignalAndWait();
            for (var i = 0; i < 2_000; i++)
            {
                if (load.TryEnter(at < 32 ? 32 : 0))
                {
                    load.Leave();
                }
                else
                {
                    Interlocked.Add(ref refusals, at < 32 ? 1 : 0);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.That(refusals, Is.Zero);
    }
}
