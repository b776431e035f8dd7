using System.Text;
using System.Text.RegularExpressions;
using Gateway.Core.Configuration;
using Gateway.Host.Cli;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Deploy;

/// <summary>What the operators' documents show works: configurations load, commands are commands, files are there.</summary>
[TestFixture]
internal sealed partial class OperatorDocumentTests
{
    private const int Recipes = 10;

    private static readonly string[] Documents =
    [
        "docs/command-line.md", "docs/configuration.md", "docs/how-to-add.md", "docs/observability.md", "docs/operations.md", "docs/providers.md", "docs/routing-cookbook.md", "docs/security.md",
        "docs/synthetic.md", "docs/troubleshooting.md", "README.md",
    ];

    [Test]
    public void The_cookbook_has_its_recipes() =>
        Assert.That(Json().Matches(SourceTree.Read("docs/routing-cookbook.md")), Has.Count.EqualTo(Recipes));

    [TestCaseSource(nameof(Documents))]
    public void Configurations_load_without_a_remark(string document) => Rule.Holds(
        "An operator copies what the document shows.",
        from Match match in Json().Matches(SourceTree.Read(document))
        let read = ConfigReader.Read(Encoding.UTF8.GetBytes(match.Groups[1].Value), WithEveryKey())
        from remark in read.Errors.Select(error => error.ToString()).Concat(read.Warnings).Concat(read.SwitchedOff.Select(off => $"{off}"))
        select remark);

    [TestCaseSource(nameof(Documents))]
    public void Commands_are_known_with_all_their_options(string document)
    {
        var commands = Command().Matches(SourceTree.Read(document)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Rule.Holds(
            "The command line refuses it.",
            from command in commands
            where GatewayCommandLine.Run([.. command.Split(' '), "--help"], _ => 1, TextWriter.Null, TextWriter.Null) != 0
            select command);
    }

    [TestCaseSource(nameof(Documents))]
    public void Files_of_the_repository_are_where_they_are_said_to_be(string document) => Rule.Holds(
        "The document names a file that is not there.",
        from Match match in ShippedFile().Matches(SourceTree.Read(document))
        where !SourceTree.Has(match.Groups[1].Value)
        select match.Groups[1].Value);

    // Every key is there; nothing goes over the file.
    private static ConfigSource WithEveryKey() => new(
        static name => name.StartsWith("GATEWAY_", StringComparison.Ordinal) ? null : $"key-0123456789-{name}", OthersCanRead: true)
    {
        ReadSecretFile = static path => $"key-0123456789-{Path.GetFileName(path)}",
    };

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    // On a line of its own, or within a sentence.
    [GeneratedRegex(@"(?:^    |`)claude-gateway ([a-z][^`\n]*?)(?:`|$)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("`((?:deploy|eng)/[^` ]+)")]
    private static partial Regex ShippedFile();
}
