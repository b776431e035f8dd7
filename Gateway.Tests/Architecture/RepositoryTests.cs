using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gateway.Tests.Architecture;

/// <summary>What the repository may not hold, and what it must say about its packages.</summary>
[TestFixture]
internal sealed class RepositoryTests
{
    private static readonly string[] Binary = [".png", ".gz", ".zst"];

    [TestCase("/(work|root|farm|home/[a-z]+|Users/[A-Za-z]+)/", "A path of one machine is wrong on every other.")]
    [TestCase(@"https?://[^\s""<>)]*(registry|artifactory|/v3/index\.json|/simple/)", "Where packages come from is the machine's business.")]
    public void No_file_names(string pattern, string why) => Rule.Holds(
        why,
        from file in SourceTree.Files
        where !Binary.Contains(Path.GetExtension(file)) && file != "Gateway.Tests/Architecture/RepositoryTests.cs"
        from Match match in Regex.Matches(SourceTree.Read(file), pattern)
        select $"{file}: {match.Value}");

    [Test]
    public void No_file_chooses_a_registry() => Rule.Holds(
        "Where packages come from is the machine's business.",
        SourceTree.Files.Where(file => Path.GetFileName(file).ToUpperInvariant() is "NUGET.CONFIG" or ".NPMRC" or "PIP.CONF"));

    [Test]
    public void Versions_are_pinned_in_one_place() => Rule.Holds(
        "Directory.Packages.props pins them.",
        from project in SourceTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
        from package in XDocument.Parse(SourceTree.Read(project)).Descendants("PackageReference")
        where package.Attributes().Concat<XObject>(package.Elements()).Any(IsVersion)
        select $"{project}: {package.Attribute("Include")?.Value}");

    [Test]
    public void Every_project_locks_what_it_restores() => Rule.Holds(
        "A clean clone restores what was tested, and nothing newer.",
        from project in SourceTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
        let lockFile = Path.GetDirectoryName(project) + "/packages.lock.json"
        where !SourceTree.Has(lockFile)
        select lockFile);

    [Test]
    public void Every_package_has_its_reason()
    {
        var pinned = XDocument.Parse(SourceTree.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => $"{package.Attribute("Include")!.Value} {package.Attribute("Version")!.Value}");
        var explained = SourceTree.Lines("docs/dependencies.md")
            .Where(line => line.StartsWith('|') && !line.StartsWith("| package", StringComparison.Ordinal) && !line.StartsWith("|-", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 7 && cells[4].Length > 0 && cells[5].Length > 0)
            .Select(cells => $"{cells[1]} {cells[2]}");
        Assert.That(explained, Is.EquivalentTo(pinned),
            "docs/dependencies.md has a row for each package of Directory.Packages.props: name, version, where, licence, reason.");
    }

    private static bool IsVersion(XObject part) => part is XAttribute { Name.LocalName: "Version" or "VersionOverride" }
        or XElement { Name.LocalName: "Version" or "VersionOverride" };
}
