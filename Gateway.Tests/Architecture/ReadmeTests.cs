using System.Text;
using System.Text.RegularExpressions;
using Gateway.Core.Configuration;
using Gateway.Tests.Deploy;

namespace Gateway.Tests.Architecture;

/// <summary>What README.md tells a new user to type works.</summary>
[TestFixture]
internal sealed partial class ReadmeTests
{
    private static readonly string Text = SourceTree.Read("README.md");

    [Test]
    public void Leads_with_how_to_run_it_and_how_to_test_it() => Assert.That(
        Indented().Matches(Text).Take(2).Select(match => match.Groups[1].Value),
        Is.EqualTo((string[])["dotnet run -c Release --project Gateway.Host", "dotnet test"]));

    [Test]
    public void Names_only_projects_that_exist() => Rule.Holds(
        "A command of README.md names a project that is not there.",
        from Match match in Project().Matches(Text)
        where !SourceTree.Has($"{match.Value}/{match.Value}.csproj")
        select match.Value);

    [Test]
    public void Points_the_client_at_the_address_that_is_served()
    {
        var served = Read(SourceTree.Read("gateway.json")).Config!.Listener;
        Assert.That(Text, Does.Contain($"    export ANTHROPIC_BASE_URL=http://{served.BindAddress}:{served.Port}/anthropic\n"));
    }

    [Test]
    public void Shows_configurations_that_are_accepted() => Rule.Holds(
        "An operator copies what README.md shows.",
        from Match match in Json().Matches(Text)
        from error in Read(match.Groups[1].Value).Errors
        select error.ToString());

    [Test]
    public void Shows_figures_that_stand_in_the_documents_with_a_command_that_is_there()
    {
        var rows = DocumentTable.Rows("README.md", "what").ToList();
        Assert.That(rows, Has.Count.GreaterThan(5));
        Assert.Multiple(() =>
        {
            foreach (var row in rows.Where(row => row[1] != "0"))
            {
                Assert.That(SourceTree.Read(row[2].Contains("systemd", StringComparison.Ordinal) ? "docs/security.md" : "docs/performance.md"), Does.Contain(row[1]), row[0]);
            }

            foreach (var name in rows.SelectMany(row => Filter().Matches(row[2])).Select(match => match.Groups[1].Value))
            {
                Assert.That(SourceTree.TestFiles, Has.Some.Contain(name), "a filter that finds nothing");
            }
        });
    }

    private static ConfigResult Read(string json) =>
        ConfigReader.Read(Encoding.UTF8.GetBytes(json), new ConfigSource(static name => name.StartsWith("GATEWAY_", StringComparison.Ordinal) ? null : "a-key", OthersCanRead: true));

    [GeneratedRegex("^    (.+)$", RegexOptions.Multiline)]
    private static partial Regex Indented();

    [GeneratedRegex(@"Gateway\.[A-Z]\w+")]
    private static partial Regex Project();

    [GeneratedRegex(@"FullyQualifiedName~(\w+)")]
    private static partial Regex Filter();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();
}
