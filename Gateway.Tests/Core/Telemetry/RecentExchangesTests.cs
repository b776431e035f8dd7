using System.Text;
using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Telemetry;

/// <summary>The last exchanges, whole and in order, however many threads finish some.</summary>
[TestFixture]
internal sealed class RecentExchangesTests
{
    [Test]
    public void The_last_128_are_kept_the_oldest_first()
    {
        var recent = new RecentExchanges();
        for (var i = 0; i < 200; i++)
        {
            Record(recent, $"{i}");
        }

        Assert.That(recent.Lines().Select(Encoding.UTF8.GetString), Is.EqualTo(Enumerable.Range(72, 128).Select(i => $"{i}")));
    }

    [Test]
    public void Who_follows_gets_each_line_once()
    {
        var recent = new RecentExchanges();
        Record(recent, "a");
        var seen = recent.Count;
        Record(recent, "b");
        Record(recent, "c");
        Assert.That(recent.Since(ref seen).Select(Encoding.UTF8.GetString), Is.EqualTo((string[])["b", "c"]));
        Assert.That(recent.Since(ref seen), Is.Empty);
    }

    [Test]
    public void A_line_that_is_read_while_others_write_is_whole()
    {
        var recent = new RecentExchanges();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < 20_000; i++)
                {
                    Record(recent, new string((char)('a' + (i % 26)), 1 + (((i * 7) + writer) % 900)));
                }
            },
            TaskCreationOptions.LongRunning)).ToArray();
        var read = 0;
        for (var seen = 0L; !Array.TrueForAll(writers, writer => writer.IsCompleted) || read == 0;)
        {
            foreach (var line in recent.Since(ref seen))
            {
                read++;
                Assert.That(line, Is.Not.Empty.And.All.EqualTo(line[0]));
            }
        }

        Assert.That(recent.Count, Is.EqualTo(80_000));
    }

    private static void Record(RecentExchanges recent, string line) =>
        recent.Finished(new ExchangeRecord { Line = Encoding.UTF8.GetBytes(line + "\n") });
}
