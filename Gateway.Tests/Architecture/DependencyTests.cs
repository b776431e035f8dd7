using System.Reflection;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Architecture;

/// <summary>Dependencies point one way: projects downwards, folders only to rows above their own.</summary>
[TestFixture]
internal sealed partial class DependencyTests
{
    // A folder may use what its row names; a row uses only rows above it. Gateway.Core and Gateway.Http as a whole stand for all their folders.
    private static readonly (string Folder, string[] Uses)[] Table =
    [
        ("Gateway.Core.Schema", []),
        ("Gateway.Core.Configuration", ["Gateway.Core.Schema"]),
        ("Gateway.Core.Errors", []),
        ("Gateway.Core.Telemetry", []),
        ("Gateway.Core.Analysis", []),
        ("Gateway.Core.Failover", []),
        ("Gateway.Core.Relay", ["Gateway.Core.Telemetry"]),
        ("Gateway.Core.Synthetic", ["Gateway.Core.Errors"]),
        ("Gateway.Core.Providers", ["Gateway.Core.Configuration"]),
        ("Gateway.Core.Routing", ["Gateway.Core.Providers"]),
        ("Gateway.Core.Snapshot", ["Gateway.Core.Configuration", "Gateway.Core.Providers", "Gateway.Core.Routing"]),
        ("Gateway.Http.Wire", []),
        ("Gateway.Http.Sockets", []),
        ("Gateway.Http.Coding", []),
        ("Gateway.Http.Body", ["Gateway.Http.Wire", "Gateway.Http.Sockets"]),
        ("Gateway.Http.Server", ["Gateway.Http.Wire", "Gateway.Http.Sockets", "Gateway.Http.Body"]),
        ("Gateway.Http.Upstream", ["Gateway.Http.Wire", "Gateway.Http.Sockets", "Gateway.Http.Body"]),
        ("Gateway.Http.Proxying",
        [
            "Gateway.Core", "Gateway.Http.Wire", "Gateway.Http.Sockets", "Gateway.Http.Coding", "Gateway.Http.Body",
            "Gateway.Http.Server", "Gateway.Http.Upstream",
        ]),
        ("Gateway.Host.Logging", ["Gateway.Core.Telemetry"]),
        ("Gateway.Host.Lifetime", ["Gateway.Core.Telemetry", "Gateway.Http.Server", "Gateway.Http.Sockets"]),
        ("Gateway.Host.Management", ["Gateway.Core", "Gateway.Http", "Gateway.Host.Lifetime"]),
        ("Gateway.Host.Composition", ["Gateway.Core", "Gateway.Http", "Gateway.Host"]),
        ("Gateway.Host.Cli", ["Gateway.Core.Configuration", "Gateway.Host.Composition"]),
    ];

    // Composition is told what the command line says; that is the one word it takes from above.
    private static readonly (string Folder, string Uses)[] Exceptions = [("Gateway.Host.Composition", "Gateway.Host.Cli")];

    [Test]
    public void Projects_depend_downwards_only() => Assert.Multiple(() =>
    {
        Assert.That(SourceTree.ReferencesOf("Gateway.Core"), Is.Empty, "Core decides and knows nobody.");
        Assert.That(string.Join(' ', SourceTree.ReferencesOf("Gateway.Http")), Is.EqualTo("Gateway.Core"));
        Assert.That(string.Join(' ', SourceTree.ReferencesOf("Gateway.Host").Order()), Is.EqualTo("Gateway.Core Gateway.Http"));
    });

    [TestCase("System.Net.Sockets")]
    [TestCase("System.Net.Security")]
    [TestCase("System.Net.Http")]
    [TestCase("System.IO.Pipelines")]
    [TestCase("System.Console")]
    public void Core_does_no_io(string assembly) => Assert.That(
        Assembly.Load("Gateway.Core").GetReferencedAssemblies().Select(reference => reference.Name),
        Does.Not.Contain(assembly), "Core takes bytes and values and gives decisions.");

    [Test]
    public void Every_folder_has_a_row() => Assert.That(
        SourceTree.ProductFiles.Select(SourceTree.NamespaceOf).Distinct().Except(Table.Select(row => row.Folder)),
        Is.Empty, "A new folder needs a row in this table and in docs/architecture.md.");

    [Test]
    public void Every_row_has_a_folder() => Assert.That(
        Table.Select(row => row.Folder).Except(SourceTree.ProductFiles.Select(SourceTree.NamespaceOf)), Is.Empty);

    [Test]
    public void Rows_use_only_rows_above_them()
    {
        for (var i = 0; i < Table.Length; i++)
        {
            var above = Table.Take(i).Select(row => row.Folder).ToList();
            foreach (var used in Table[i].Uses)
            {
                Assert.That(above.Exists(row => row == used || row.StartsWith(used + ".", StringComparison.Ordinal)), $"{Table[i].Folder} uses {used}, which is not above it.");
            }
        }
    }

    [Test]
    public void Folders_use_only_what_the_table_allows()
    {
        var sins = from file in SourceTree.ProductFiles
                   let own = SourceTree.NamespaceOf(file)
                   from Match match in NamespaceName().Matches(SourceTree.Read(file))
                   where Table.Any(row => row.Folder == match.Value) && match.Value != own && !IsAllowed(own, match.Value)
                   select $"{file} names {match.Value}";
        Assert.That(sins.Distinct(), Is.Empty, "Widen the table only if the design says so.");
    }

    private static bool IsAllowed(string folder, string used) =>
        Exceptions.Contains((folder, used))
        || Table.Single(row => row.Folder == folder).Uses.Any(allowed => used == allowed || used.StartsWith(allowed + ".", StringComparison.Ordinal));

    [GeneratedRegex(@"Gateway\.(Core|Http|Host)\.[A-Z][A-Za-z]+")]
    private static partial Regex NamespaceName();
}
