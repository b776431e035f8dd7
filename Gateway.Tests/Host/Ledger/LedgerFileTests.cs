using Gateway.Host.Ledger;

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
}
