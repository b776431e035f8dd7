using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gateway.Tests.Architecture;

/// <summary>What the repository may not hold, and what its documents must.</summary>
[TestFixture]
internal sealed class RepositoryTests
{
    private static readonly string[] Texts = ["*.cs", "*.md", "*.json", "*.sh", "*.props", "*.csproj"];

    [Test]
    public void No_file_names_a_place_on_one_machine()
    {
        var sins = from pattern in Texts
                   from path in Directory.EnumerateFiles(SourceTree.Root, pattern, SearchOption.AllDirectories)
                   let relative = Path.GetRelativePath(SourceTree.Root, path).Replace('\\', '/')
                   where !Regex.IsMatch(relative, "(^|/)(bin|obj|artifacts|TestResults|BenchmarkDotNet.Artifacts)/|Architecture/RepositoryTests.cs")
                   where Regex.IsMatch(File.ReadAllText(path), "/(work|root|home/[a-z]+)/")
                   select relative;
        Assert.That(sins, Is.Empty);
    }

    [Test]
    public void Versions_are_pinned_in_one_place() => Assert.That(
        Directory.EnumerateFiles(SourceTree.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => XDocument.Load(path).Descendants("PackageReference").Any(package => package.Attribute("Version") is not null)),
        Is.Empty, "Directory.Packages.props pins them.");

    [Test]
    public void Every_package_has_its_reason()
    {
        var reasons = SourceTree.Read("docs/dependencies.md");
        var missing = from package in XDocument.Load(Path.Combine(SourceTree.Root, "Directory.Packages.props")).Descendants("PackageVersion")
                      let row = $"| {package.Attribute("Include")!.Value} | {package.Attribute("Version")!.Value} |"
                      where !reasons.Contains(row, StringComparison.Ordinal)
                      select row;
        Assert.That(missing, Is.Empty, "docs/dependencies.md lists name, version and reason.");
    }
}
