using System.Text;
using Gateway.Host.Logging;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Logging;

/// <summary>Lines reach the file once, whatever the disk does.</summary>
[TestFixture]
internal sealed class LineWriterTests
{
    [Test]
    public void Lines_come_out_in_order_and_the_end_waits_for_them()
    {
        var file = new Disk();
        using (var writer = new LineWriter(file, "test"))
        {
            for (var i = 0; i < 1_000; i++)
            {
                writer.Add(Encoding.UTF8.GetBytes($"{i}\n"));
            }
        }

        Assert.That(file.Text, Is.EqualTo(string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{i}\n"))));
    }

    [Test]
    public void A_disk_that_refused_once_gets_the_same_lines_again()
    {
        var file = new Disk { Refusals = 1 };
        using (var writer = new LineWriter(file, "test"))
        {
            writer.Add("a\n"u8);
            Assert.That(file.Refused.Wait(Patience.Longest), "the disk was written to");
            writer.Add("b\n"u8);
        }

        Assert.That(file.Text, Is.EqualTo("a\nb\n"));
    }

    [Test]
    public void What_does_not_fit_while_the_disk_takes_nothing_is_counted()
    {
        var file = new Disk { Refusals = int.MaxValue };
        var line = new byte[1024 * 1024];
        using var writer = new LineWriter(file, "test");
        writer.Add(line);
        Assert.That(file.Refused.Wait(Patience.Longest), "the disk was written to");
        for (var i = 1; i < LineWriter.MaxWaiting / line.Length; i++)
        {
            writer.Add(line);
        }

        Assert.That(writer.Dropped, Is.Zero);
        writer.Add(line);
        Assert.That(writer.Dropped, Is.EqualTo(1));
    }

    [Test]
    public void Lines_of_many_threads_come_out_whole_each_once_and_each_threads_in_order()
    {
        const int Threads = 8;
        const int Lines = 5_000;
        var file = new Disk();
        using (var writer = new LineWriter(file, "test"))
        {
            Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
            {
                for (var i = 0; i < Lines; i++)
                {
                    writer.Add(Encoding.UTF8.GetBytes($"{thread} {i} {new string('x', i % 97)}\n"));
                }
            });
            Assert.That(writer.Dropped, Is.Zero);
        }

        var numbers = file.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToLookup(parts => parts[0], parts => parts[1]);
        Assert.That(numbers, Has.Count.EqualTo(Threads));
        Assert.That(numbers, Is.All.EqualTo(Enumerable.Range(0, Lines).Select(i => $"{i}")));
    }

    [Test]
    public void Lines_of_threads_that_follow_each_other_stay_in_order_where_that_is_asked_for()
    {
        var file = new Disk();
        using (var writer = new LineWriter(file, "test", inOrder: true))
        {
            for (var i = 0; i < 100; i++)
            {
                var thread = new Thread(number => writer.Add(Encoding.UTF8.GetBytes($"{number}\n")));
                thread.Start(i);
                thread.Join();
            }
        }

        Assert.That(file.Text, Is.EqualTo(string.Concat(Enumerable.Range(0, 100).Select(i => $"{i}\n"))));
    }

    [Test]
    public void A_file_is_flushed_for_more_than_a_second_after_its_last_line_and_the_next_one_wakes_the_writer()
    {
        var file = new Disk();
        using var writer = new LineWriter(file, "test");
        for (var i = 0; i < 2; i++)
        {
            file.Flushes.Reset(7);
            writer.Add("a\n"u8);
            Assert.That(file.Flushes.Wait(Patience.Longest), "a file that syncs once a second has synced");
        }

        Assert.That(file.Text, Is.EqualTo("a\na\n"));
    }

    /// <summary>Keeps what it takes, and refuses as often as it is told to.</summary>
    private sealed class Disk : MemoryStream
    {
        private int _refused;

        public int Refusals { get; init; }

        public ManualResetEventSlim Refused { get; } = new();

        public CountdownEvent Flushes { get; } = new(1);

        public string Text => Encoding.UTF8.GetString(ToArray());

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_refused < Refusals)
            {
                _refused++;
                Refused.Set();
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }

        public override void Flush()
        {
            if (!Flushes.IsSet)
            {
                Flushes.Signal();
            }
        }
    }
}
