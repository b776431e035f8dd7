namespace Gateway.Tests.Architecture;

/// <summary>What no analyzer judges when it builds.</summary>
[TestFixture]
internal sealed class UsingOrderTests
{
    [Test]
    public void Usings_stand_in_order() => Rule.Holds(
        "System comes first, the rest in the order of the alphabet: dotnet format sorts them.",
        from file in SourceTree.ProductFiles.Concat(SourceTree.TestFiles)
        let names = Names(SourceTree.Lines(file))
        where !names.SequenceEqual(names.OrderBy(static name => !IsSystem(name)).ThenBy(static name => name, StringComparer.OrdinalIgnoreCase))
        select file);

    private static List<string> Names(string[] lines) =>
    [
        .. from line in lines.TakeWhile(static line => !line.StartsWith("namespace ", StringComparison.Ordinal))
           where line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal) && !line.Contains('(', StringComparison.Ordinal) && !line.StartsWith("using static", StringComparison.Ordinal)
           select line["using ".Length..^1],
    ];

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
