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

    [Test]
    public void Whatever_is_fenced_is_held_by_a_test() => Rule.Holds(
        "json is a configuration, ini a drop-in of the unit, text a session or an error; of another kind nobody knows whether it is true.",
        from document in SourceTree.Documents
        from Match match in Fence().Matches(SourceTree.Read(document))
        where !(match.Groups[1].Value switch
        {
            "json" => Documents.Contains(document),
            "ini" => document == "docs/operations.md",
            "text" => document is "docs/synthetic.md" or "docs/configuration.md",
            _ => false,
        })
        select $"{document}: ```{match.Groups[1].Value}");

    [Test]
    public void The_error_that_is_shown_is_the_one_that_comes()
    {
        var shown = Text().Matches(SourceTree.Read("docs/configuration.md")).Single().Groups[1].Value;
        var read = ConfigReader.Read("{\n  // one letter\n  \"claude_gateway\": { \"prot\": 1 } }"u8.ToArray(), WithEveryKey());
        Assert.That(read.Errors.Select(error => $"claude-gateway: {error}"), Is.EqualTo([shown]));
    }

    [Test, Platform("Linux")]
    public void What_is_added_to_the_unit_is_understood_by_systemd()
    {
        if (Tool.Find("systemd-analyze") is not { } analyze)
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("gateway-unit-");
        var unit = Path.Combine(folder.FullName, "claude-gateway.service");
        File.WriteAllText(unit, SourceTree.Read("deploy/systemd/system/claude-gateway.service").Replace("ExecStart=/usr/bin/claude-gateway", "ExecStart=/bin/true", StringComparison.Ordinal));
        File.Copy(Tool.PathOf("deploy/systemd/system/claude-gateway.socket"), Path.ChangeExtension(unit, ".socket"));
        var added = Directory.CreateDirectory($"{unit}.d");
        File.WriteAllText(Path.Combine(added.FullName, "override.conf"), string.Concat(Ini().Matches(SourceTree.Read("docs/operations.md")).Select(match => match.Groups[1].Value)));
        var (code, said) = analyze.Run("--system", "verify", unit);
        Assert.That(code, Is.Zero, said);
        Assert.That(said, Does.Not.Contain(folder.FullName), "it warns and succeeds");
        folder.Delete(recursive: true);
    }

    // Every key is there; nothing goes over the file.
    private static ConfigSource WithEveryKey() => new(
        static name => name.StartsWith("GATEWAY_", StringComparison.Ordinal) ? null : $"key-0123456789-{name}", OthersCanRead: true)
    {
        ReadSecretFile = static path => $"key-0123456789-{Path.GetFileName(path)}",
    };

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex("^```(\\w*)\n.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("```text\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Text();

    [GeneratedRegex("```ini\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Ini();

    // On a line of its own, or within a sentence.
    [GeneratedRegex(@"(?:^    |`)claude-gateway ([a-z][^`\n]*?)(?:`|$)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("`((?:deploy|eng)/[^` ]+)")]
    private static partial Regex ShippedFile();
}
