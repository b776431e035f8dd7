using System.Reflection;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Architecture;

/// <summary>Dependencies point one way: projects downwards, folders only to rows above their own.</summary>
[TestFixture]
internal sealed partial class DependencyTests
{
    [TestCase("Gateway.Core")]
    [TestCase("Gateway.Http", "Gateway.Core")]
    [TestCase("Gateway.Host", "Gateway.Core", "Gateway.Http")]
    public void Projects_depend_downwards_only(string project, params string[] allowed) => Rule.Holds(
        "Core decides and knows nobody, Http moves bytes and may ask Core, Host runs both: docs/architecture.md.",
        SourceTree.ReferencesOf(project).Except(allowed));

    [TestCase("System.Net.Sockets")]
    [TestCase("System.Net.Security")]
    [TestCase("System.Net.Http")]
    [TestCase("System.IO.Pipelines")]
    [TestCase("System.Console")]
    public void Core_does_no_io(string assembly) => Assert.That(
        Assembly.Load("Gateway.Core").GetReferencedAssemblies().Select(reference => reference.Name),
        Does.Not.Contain(assembly),
        $"Core takes bytes and values and gives decisions; what needs {assembly} belongs to Gateway.Http or Gateway.Host.");

    [Test]
    public void Every_folder_has_a_row() => Rule.Holds(
        "A new folder needs a row in DependencyTable.cs, under the rows it uses, and one in docs/architecture.md.",
        Folders().Except(Rows()));

    [Test]
    public void Every_row_has_a_folder() => Rule.Holds(
        "A row whose folder is gone goes too, here and in docs/architecture.md.",
        Rows().Except(Folders()));

    [Test]
    public void Rows_use_only_rows_above_them()
    {
        var above = new List<string>();
        foreach (var (folder, uses) in DependencyTable.Rows)
        {
            Rule.Holds(
                $"{folder} uses what does not stand above it: that is how cycles begin.",
                uses.Where(use => !above.Exists(row => DependencyTable.Covers(use, row))));
            above.Add(folder);
        }
    }

    [Test]
    public void Folders_use_only_what_the_table_allows() => Rule.Holds(
        "DependencyTable.cs says who may use whom. Move the code, or hand the value in; widen the table only if the design changes.",
        from file in SourceTree.ProductFiles
        let own = SourceTree.FolderOf(file)
        from used in FoldersNamedIn(file).Distinct()
        where !DependencyTable.Allows(own, used)
        select $"{file} names {used}");

    // The full name of a folder's namespace, and the short form that C# allows between siblings: `Wire.HeadWriter`.
    private static IEnumerable<string> FoldersNamedIn(string file)
    {
        var text = SourceTree.Read(file);
        var full = NamespaceName().Matches(text).Select(match => $"Gateway.{match.Groups[1].Value}/{match.Groups[2].Value}");
        var siblings = from Match match in QualifiedName().Matches(text)
                       let sibling = $"{SourceTree.ProjectOf(file)}/{match.Groups[1].Value}"
                       where TypeFiles.Contains($"{sibling}/{match.Groups[2].Value}.cs")
                       select sibling;
        return full.Where(folder => Rows().Contains(folder)).Concat(siblings);
    }

    private static HashSet<string> TypeFiles { get; } = [.. SourceTree.ProductFiles];

    private static IEnumerable<string> Folders() => SourceTree.ProductFiles.Select(SourceTree.FolderOf).Distinct();

    private static IEnumerable<string> Rows() => DependencyTable.Rows.Select(row => row.Folder);

    [GeneratedRegex(@"\bGateway\.(Core|Http|Host)\.([A-Z][A-Za-z]+)")]
    private static partial Regex NamespaceName();

    [GeneratedRegex(@"(?<![\w.])([A-Z][A-Za-z]+)\.([A-Z][A-Za-z]+)")]
    private static partial Regex QualifiedName();
}
