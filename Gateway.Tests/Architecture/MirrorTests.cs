namespace Gateway.Tests.Architecture;

/// <summary>Where bytes are judged, each file has its tests.</summary>
[TestFixture]
internal sealed class MirrorTests
{
    private static readonly string[] Mirrored =
        ["Gateway.Http/Wire", "Gateway.Core/Analysis", "Gateway.Core/Failover", "Gateway.Core/Translation"];

    // Files of plain values: what they hold is tested with those who fill them.
    private static readonly string[] WithoutLogic =
    [
        "ParseStatus", "HttpLimits", "ScanStatus", "ScannedRequest",
        "DialectProfile", "AnswerContext", "ChatAnswerContext", "AnswerUsage", "AnswerEnd", "BlockKind", "StopReason", "AnthropicFault",
    ];

    [Test]
    public void Each_file_has_its_tests() => Rule.Holds(
        "These folders decide about bytes of strangers: XTests.cs for each X.cs, with the input cut at every byte.",
        from file in SourceTree.ProductFiles
        where Mirrored.Contains(SourceTree.FolderOf(file)) && !WithoutLogic.Contains(Path.GetFileNameWithoutExtension(file))
        let tests = $"Gateway.Tests/{Path.ChangeExtension(file, null)["Gateway.".Length..]}Tests.cs"
        where !SourceTree.Has(tests)
        select tests);

    [Test]
    public void Tests_lie_where_their_subject_lies() => Rule.Holds(
        "Gateway.Tests mirrors the folders of the product.",
        from file in SourceTree.TestFiles
        where file.StartsWith("Gateway.Tests/Core/", StringComparison.Ordinal)
            || file.StartsWith("Gateway.Tests/Http/", StringComparison.Ordinal)
            || file.StartsWith("Gateway.Tests/Host/", StringComparison.Ordinal)
        let folder = "Gateway." + file.Split('/')[1] + "/" + file.Split('/')[2]
        where !SourceTree.ProductFiles.Any(product => SourceTree.FolderOf(product) == folder)
        select file);
}
