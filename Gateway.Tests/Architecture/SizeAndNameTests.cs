using System.Text.RegularExpressions;

namespace Gateway.Tests.Architecture;

/// <summary>A file holds one idea and is named after it.</summary>
[TestFixture]
internal sealed partial class SizeAndNameTests
{
    private const int MostLines = 300;
    private const int MostLinesOfAMethod = 40;

    private static readonly string[] EmptyWords =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Base", "Info", "Processor", "Data"];

    [Test]
    public void Files_are_short() => Rule.Holds(
        $"Over {MostLines} lines a second idea has moved in: give it a file of its own.",
        from file in SourceTree.ProductFiles
        let lines = SourceTree.Lines(file).Length
        where lines > MostLines
        select $"{file}: {lines}");

    [Test]
    public void Methods_are_short() => Rule.Holds(
        $"A method over {MostLinesOfAMethod} lines has steps: name them.",
        from file in SourceTree.ProductFiles
        from method in MethodsOf(SourceTree.Lines(file))
        where method.Lines > MostLinesOfAMethod
        select $"{file}: {method.Header}: {method.Lines}");

    [Test]
    public void Types_are_not_named_by_what_they_might_do() => Rule.Holds(
        "Name a type by what it is, in the words of the field: a lease, a plan, a relay.",
        from file in SourceTree.ProductFiles.Concat(SourceTree.TestFiles)
        from type in TypesOf(file)
        where EmptyWords.Any(word => type.EndsWith(word, StringComparison.Ordinal))
        select $"{file}: {type}");

    [Test]
    public void A_file_is_named_after_a_type_in_it() => Rule.Holds(
        "Who looks for a type looks for its file.",
        from file in SourceTree.ProductFiles
        where !TypesOf(file).Contains(Path.GetFileNameWithoutExtension(file)) && !IsTopLevelProgram(file)
        select file);

    [Test]
    public void Every_type_says_what_it_is() => Rule.Holds(
        "One line of <summary> above each type tells a stranger whether this is the file.",
        from file in SourceTree.ProductFiles
        let lines = SourceTree.Lines(file)
        from declaration in Enumerable.Range(0, lines.Length).Where(at => TopLevelType().IsMatch(lines[at]))
        where !CommentAbove(lines, declaration).Any(line => line.Contains("<summary>", StringComparison.Ordinal))
        select $"{file}: {lines[declaration]}");

    private static IEnumerable<string> TypesOf(string file) =>
        TypeName().Matches(SourceTree.Read(file)).Select(match => match.Groups[1].Value);

    private static bool IsTopLevelProgram(string file) =>
        file.EndsWith("/Program.cs", StringComparison.Ordinal) && !TypesOf(file).Any();

    private static IEnumerable<string> CommentAbove(string[] lines, int declaration) =>
        lines.Take(declaration).Reverse().TakeWhile(line => line is ['/' or '[' or '#', ..]);

    // The formatter holds every file to the same shape: a member's braces stand alone, one indent below its type's. What
    // opens a type or a switch expression there is no method; such a table may be as long as what it lists.
    private static IEnumerable<(string Header, int Lines)> MethodsOf(string[] lines)
    {
        for (var open = 1; open < lines.Length; open++)
        {
            if (lines[open] is "    {" && !TypeName().IsMatch(lines[open - 1]) && !lines[open - 1].EndsWith("switch", StringComparison.Ordinal))
            {
                var close = Array.FindIndex(lines, open, line => line.StartsWith("    }", StringComparison.Ordinal));
                yield return (lines[open - 1].Trim(), close - open - 1);
            }
        }
    }

    [GeneratedRegex(@"^ *(?:public |internal |private |file |sealed |static |abstract |readonly |ref |unsafe |partial )*(?:class|struct|record(?: struct| class)?|interface|enum) ([A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^(?:public |internal |file |sealed |static |abstract |readonly |ref |unsafe |partial )*(?:class|struct|record|interface|enum|delegate) ")]
    private static partial Regex TopLevelType();
}
