using System.Text.RegularExpressions;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Deploy;

/// <summary>The tests that the document of breakages leans on are there.</summary>
[TestFixture]
internal sealed partial class FieldDocumentTests
{
    [Test]
    public void Each_breakage_names_tests_that_exist()
    {
        var text = SourceTree.Read("docs/field.md");
        var rows = Regex.Matches(text, @"^\| \d+ \|.*$", RegexOptions.Multiline);
        Assert.That(rows, Has.Count.GreaterThan(25));
        Rule.Holds(
            "Whoever renames a test or takes it away says what holds the promise now.",
            from row in rows
            let named = Named().Matches(row.Value)
            from test in named.Count == 0 ? ["no test at all"] : named.Where(static match => !Exists(match)).Select(static match => match.Value)
            select $"{row.Value[..6]}: {test}");
    }

    private static bool Exists(Match name)
    {
        var type = Array.Find(typeof(FieldDocumentTests).Assembly.GetTypes(), type => type.Name == name.Groups["type"].Value);
        return type is not null && (!name.Groups["test"].Success || type.GetMethod(name.Groups["test"].Value) is not null);
    }

    [GeneratedRegex(@"`(?<type>\w+Tests)(\.(?<test>\w+))?`")]
    private static partial Regex Named();
}
