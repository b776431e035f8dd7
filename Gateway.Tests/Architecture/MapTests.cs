using System.Text.RegularExpressions;

namespace Gateway.Tests.Architecture;

/// <summary>The documents tell the truth about the tree: the map names every folder, and what they point at exists.
/// </summary>
[TestFixture]
internal sealed partial class MapTests
{
    [Test]
    public void The_map_names_every_folder_and_no_other() => Assert.That(
        MapRow().Matches(SourceTree.Read("docs/architecture.md")).Select(match => match.Groups[1].Value),
        Is.EquivalentTo(SourceTree.ProductFiles.Select(SourceTree.FolderOf).Distinct()),
        "docs/architecture.md has one row for each folder of the product.");

    [Test]
    public void The_map_says_what_each_folder_may_use() => Rule.Holds(
        "docs/architecture.md tells another law than DependencyTable.cs.",
        from row in DependencyTable.Rows
        let said = MapRow().Matches(SourceTree.Read("docs/architecture.md")).FirstOrDefault(match => match.Groups[1].Value == row.Folder)?.Groups[2].Value.Trim()
        let law = string.Join(", ", row.Uses.Select(use => ShortName(row.Folder, use)))
        where said != law
        select $"{row.Folder}: '{said}' instead of '{law}'");

    [Test]
    public void Files_that_the_documents_name_exist() => Rule.Holds(
        "A document that names a file that is gone leads astray.",
        from document in SourceTree.Documents
        from Match match in FileName().Matches(SourceTree.Read(document))
        where !SourceTree.Has(match.Groups[1].Value)
        select $"{document}: {match.Groups[1].Value}");

    [Test]
    public void Links_between_documents_resolve() => Rule.Holds(
        "A link that leads nowhere is worse than none.",
        from document in SourceTree.Documents
        from Match match in RelativeLink().Matches(SourceTree.Read(document))
        let target = Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(document)!, match.Groups[1].Value)).Replace('\\', '/')
        where !SourceTree.Has(target)
        select $"{document}: {match.Groups[1].Value}");

    // Within a project its folders go by their own names, those of another by the project's too: Wire, Core/Telemetry, Core.
    private static string ShortName(string folder, string used) =>
        used.StartsWith(SourceTree.ProjectOf(folder) + "/", StringComparison.Ordinal) ? used.Split('/')[1] : used["Gateway.".Length..];

    [GeneratedRegex(@"^\| `(Gateway\.[\w/]+)` \| [^|]+ \|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex MapRow();

    [GeneratedRegex(@"`(Gateway\.\w+/[\w/]+\.cs)`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\]\((?!\w+:|#)([^)#\s]+)")]
    private static partial Regex RelativeLink();
}
