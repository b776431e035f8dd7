using Gateway.Host.Ledger;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Ledger;

[TestFixture]
internal sealed class LedgerFileTests
{
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

    [Test]
    public void Each_day_has_its_file()
    {
        var directory = Directory.CreateTempSubdirectory("gateway-ledger").FullName;
        var time = new ManualTime();
        using (var file = new LedgerFile(directory, time))
        {
            file.Write("one\n"u8);
            time.Advance((long)TimeSpan.FromDays(1).TotalMilliseconds);
            file.Write("two\n"u8);
        }

        Assert.That(LedgerFile.In(directory).Select(path => $"{Path.GetFileName(path)} {File.ReadAllText(path)}"), Is.EqualTo((string[])["usage-1970-01-01.jsonl one\n", "usage-1970-01-02.jsonl two\n"]));
        Directory.Delete(directory, recursive: true);
    }

    [TestCase("{\"ts\":\"2026-", "{\"ts\":\"2026-\nline\n")]
    [TestCase("whole\n", "whole\nline\n")]
    [TestCase("", "line\n")]
    public void A_line_that_was_cut_when_the_machine_went_down_does_not_take_the_next_one_with_it(string before, string after)
    {
        var directory = Directory.CreateTempSubdirectory("gateway-ledger").FullName;
        var time = new ManualTime();
        var path = Path.Combine(directory, $"usage-{time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}.jsonl");
        File.WriteAllText(path, before);
        using (var file = new LedgerFile(directory, time))
        {
            file.Write("line\n"u8);
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo(after));
        Directory.Delete(directory, recursive: true);
    }
}
