using System.Text.RegularExpressions;

namespace Gateway.Tests.Architecture;

/// <summary>The map in docs/architecture.md names every folder and no other.</summary>
[TestFixture]
internal sealed partial class MapTests
{
    [Test]
    public void The_map_names_every_folder_and_no_other()
    {
        var folders = SourceTree.ProductFiles.Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/')).Distinct();
        var mapped = MapRow().Matches(SourceTree.Read("docs/architecture.md")).Select(match => match.Groups[1].Value);
        Assert.That(mapped, Is.EquivalentTo(folders));
    }

    [Test]
    public void Files_that_the_documents_name_exist()
    {
        var named = from document in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories)
                    from Match match in FileName().Matches(File.ReadAllText(document))
                    select match.Groups[1].Value;
        Assert.That(named.Distinct().Where(path => !File.Exists(Path.Combine(SourceTree.Root, path))), Is.Empty);
    }

    [GeneratedRegex(@"^\| `(Gateway\.[\w/]+)` \|", RegexOptions.Multiline)]
    private static partial Regex MapRow();

    [GeneratedRegex(@"`(Gateway\.\w+/[\w/]+\.cs)`")]
    private static partial Regex FileName();
}
