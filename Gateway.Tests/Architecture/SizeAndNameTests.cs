using System.Text.RegularExpressions;

namespace Gateway.Tests.Architecture;

/// <summary>A file holds one idea and is named after it.</summary>
[TestFixture]
internal sealed partial class SizeAndNameTests
{
    private const int MostLines = 300;

    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Base", "Info", "Processor", "Data"];

    [Test]
    public void Files_are_short() => Assert.That(
        SourceTree.ProductFiles.Where(file => SourceTree.Read(file).Count(character => character == '\n') > MostLines),
        Is.Empty, $"Over {MostLines} lines a second idea has moved in: give it a file of its own.");

    [Test]
    public void Types_are_not_named_by_what_they_might_do() => Assert.That(
        from file in SourceTree.ProductFiles
        from Match match in TypeName().Matches(SourceTree.Read(file))
        where EmptyWords.Any(word => match.Groups[1].Value.EndsWith(word, StringComparison.Ordinal))
        select $"{file}: {match.Groups[1].Value}",
        Is.Empty, "Name a type by what it is; docs/architecture.md has the glossary.");

    [Test]
    public void A_file_is_named_after_a_type_in_it() => Assert.That(
        SourceTree.ProductFiles.Where(file => Path.GetFileName(file) != "Program.cs"
            && !TypeName().Matches(SourceTree.Read(file)).Any(match => match.Groups[1].Value == Path.GetFileNameWithoutExtension(file))),
        Is.Empty);

    [GeneratedRegex(@"^ *(?:public |internal |private |file |sealed |static |abstract |readonly |ref |unsafe |partial )*(?:class|struct|record(?: struct)?|interface|enum) ([A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex TypeName();
}
