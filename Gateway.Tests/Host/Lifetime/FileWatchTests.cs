using Gateway.Host.Lifetime;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Lifetime;

[TestFixture]
internal sealed class FileWatchTests
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gateway-watch").FullName;
    private readonly ManualTime _time = new();
    private int _changes;

    private string File1 => Path.Combine(_directory, "gateway.json");

    [SetUp]
    public void Start()
    {
        _changes = 0;
        File.WriteAllText(File1, "{}");
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Tells_of_a_change_once_the_file_keeps_still()
    {
        using var watch = new FileWatch(File1, _time, () => _changes++);
        Look();
        Assert.That(_changes, Is.Zero);

        File.WriteAllText(File1, "{ }");
        Look();
        Assert.That(_changes, Is.Zero, "it may still be written");
        Look();
        Look();
        Assert.That(_changes, Is.EqualTo(1));
    }

    [Test]
    public void Sees_a_file_that_was_renamed_over_it_and_lives_through_its_absence()
    {
        using var watch = new FileWatch(File1, _time, () => _changes++);
        File.Delete(File1);
        Look();
        Look();
        Assert.That(_changes, Is.Zero);

        var other = Path.Combine(_directory, "other.json");
        File.WriteAllText(other, "{ \"providers\": {} }");
        File.Move(other, File1, overwrite: true);
        Look();
        Look();
        Assert.That(_changes, Is.EqualTo(1));
    }

    [Test]
    public void Sees_a_link_that_was_moved()
    {
        var link = Path.Combine(_directory, "link.json");
        var second = Path.Combine(_directory, "second.json");
        File.WriteAllText(second, "{ \"a\": 1 }");
        File.CreateSymbolicLink(link, File1);
        using var watch = new FileWatch(link, _time, () => _changes++);
        File.Delete(link);
        File.CreateSymbolicLink(link, second);
        Look();
        Look();
        Assert.That(_changes, Is.EqualTo(1));
    }

    private void Look() => _time.Advance(500);
}
