using System.Text;
using Gateway.Host.Ledger;

namespace Gateway.Tests.Host.Ledger;

/// <summary>Lines reach the ledger once, whatever the disk does.</summary>
[TestFixture]
internal sealed class LedgerWriterTests
{
    [Test]
    public void Lines_come_out_in_order_and_the_end_waits_for_them()
    {
        var file = new Disk();
        using (var writer = new LedgerWriter(file))
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
        using (var writer = new LedgerWriter(file))
        {
            writer.Add("a\n"u8);
            file.Refused.Wait();
            writer.Add("b\n"u8);
        }

        Assert.That(file.Text, Is.EqualTo("a\nb\n"));
    }

    [Test]
    public void What_does_not_fit_while_the_disk_takes_nothing_is_counted()
    {
        var file = new Disk { Refusals = int.MaxValue };
        var line = new byte[1024 * 1024];
        using var writer = new LedgerWriter(file);
        writer.Add(line);
        file.Refused.Wait();
        for (var i = 0; i < LedgerWriter.MaxWaiting / line.Length; i++)
        {
            writer.Add(line);
        }

        Assert.That(writer.Dropped, Is.Zero);
        writer.Add(line);
        Assert.That(writer.Dropped, Is.EqualTo(1));
    }

    [Test]
    [Platform("Linux")]
    public void A_full_disk_is_an_error_and_not_the_end()
    {
        var directory = Directory.CreateTempSubdirectory("gateway-ledger").FullName;
        var day = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        File.CreateSymbolicLink(Path.Combine(directory, $"usage-{day}.jsonl"), "/dev/full");
        using (var file = new LedgerFile(directory, TimeProvider.System))
        {
            Assert.That(() => file.Write("line\n"u8), Throws.InstanceOf<IOException>());
        }

        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Keeps what it takes, and refuses as often as it is told to.</summary>
    private sealed class Disk : MemoryStream
    {
        private int _refused;

        public int Refusals { get; init; }

        public ManualResetEventSlim Refused { get; } = new();

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
    }
}
