using Gateway.Host.Logging;

namespace Gateway.Tests.Host.Logging;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RotatingFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-log-");
    private readonly List<string> _told = [];

    private string File => Path.Combine(_folder.FullName, "gateway.log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public void A_full_file_is_renamed_and_so_many_are_kept()
    {
        using var log = Open(maxBytes: 6, keep: 2);
        for (var i = 1; i <= 9; i++)
        {
            log.Write([(byte)'a', (byte)('0' + i), (byte)'\n']);
        }

        Assert.That(Contents(), Is.EqualTo(["a9\n", "a7\na8\n", "a5\na6\n"]));
    }

    [Test]
    public void Lines_that_come_together_are_parted_between_lines_only()
    {
        using var log = Open(maxBytes: 10, keep: 3);
        log.Write("one\ntwo\nthree\na-line-longer-than-a-file\nend\n"u8);

        Assert.That(Contents(), Is.EqualTo(["end\n", "a-line-longer-than-a-file\n", "three\n", "one\ntwo\n"]));
    }

    [Test]
    public void What_is_there_already_counts_and_stays()
    {
        System.IO.File.WriteAllText(File, "before\n");
        using var log = Open(maxBytes: 12, keep: 1);
        log.Write("one\n"u8);
        log.Write("two\n"u8);

        Assert.That(Contents(), Is.EqualTo(["two\n", "before\none\n"]));
    }

    [Test]
    public void A_file_that_was_renamed_is_made_anew_at_once_or_when_somebody_says_so()
    {
        using var log = Open(maxBytes: 100, keep: 1);
        log.Write("one\n"u8);
        System.IO.File.Move(File, File + ".old");
        log.Write("two\n"u8);
        System.IO.File.Move(File, File + ".older");
        System.IO.File.WriteAllText(File, "created by the tool\n");
        log.Reopen();
        log.Write("three\n"u8);

        Assert.That(System.IO.File.ReadAllText(File), Is.EqualTo("created by the tool\nthree\n"));
        Assert.That(System.IO.File.ReadAllText(File + ".old") + System.IO.File.ReadAllText(File + ".older"), Is.EqualTo("one\ntwo\n"));
    }

    [Test, Platform("Linux")]
    public void A_full_disk_throws_each_time_and_is_told_once()
    {
        System.IO.File.CreateSymbolicLink(File, "/dev/full");
        using var log = Open(maxBytes: 100, keep: 1);
        Assert.That(() => log.Write("one\n"u8), Throws.InstanceOf<IOException>());
        Assert.That(() => log.Write("one\n"u8), Throws.InstanceOf<IOException>());
        System.IO.File.Delete(File);
        log.Write("one\n"u8);

        Assert.That(System.IO.File.ReadAllText(File), Is.EqualTo("one\n"));
        Assert.That(_told, Has.Count.EqualTo(2));
        Assert.That(_told[0], Does.Contain(File).And.Contain("takes nothing"));
        Assert.That(_told[1], Does.Contain("again"));
    }

    [Test]
    public void A_folder_that_is_gone_is_used_again_when_it_is_back()
    {
        var path = Path.Combine(_folder.FullName, "sub", "gateway.log");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var log = new RotatingFile(path, 100, 1, _told.Add);
        log.Write("one\n"u8);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.That(() => log.Write("two\n"u8), Throws.InstanceOf<IOException>());
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        log.Write("two\n"u8);

        Assert.That(System.IO.File.ReadAllText(path), Is.EqualTo("two\n"));
    }

    [Test]
    public void Lines_that_were_written_before_a_write_failed_are_not_written_again()
    {
        System.IO.File.WriteAllText(File, "one\n");
        var inTheWay = Directory.CreateDirectory(File + ".1");
        using var log = new RotatingFile(File, 8, 1, _ => inTheWay.Delete());

        // The first still fits; the second needs a new file, and the old one can't be renamed at first.
        using (var writer = new LineWriter(log, "test"))
        {
            writer.Add("two\n"u8);
            writer.Add("three\n"u8);
        }

        Assert.That(Contents(), Is.EqualTo(["three\n", "one\ntwo\n"]));
    }

    private RotatingFile Open(long maxBytes, int keep) => new(File, maxBytes, keep, _told.Add);

    // The file itself first, then the latest before it.
    private string[] Contents() =>
        [.. Directory.GetFiles(_folder.FullName).Order(StringComparer.Ordinal).Select(System.IO.File.ReadAllText)];
}
