using System.Text.RegularExpressions;

namespace Gateway.Tests.Architecture;

/// <summary>Calls that no analyzer here catches and that would break a promise of the design.</summary>
[TestFixture]
internal sealed class ForbiddenCallsTests
{
    [TestCase(@"DateTime(Offset)?\.(Utc)?(Now|Today)", "Time is injected: TimeProvider.")]
    [TestCase(@"Stopwatch\.(GetTimestamp|StartNew)|Environment\.TickCount", "Time is injected: TimeProvider.")]
    [TestCase(@"Thread\.Sleep|\.Wait\(\)", "Nothing blocks a reactor; wait for an event.")]
    [TestCase(@"Task\.Run\(", "Work has an owner that ends it.")]
    [TestCase(@"new Random\(|Random\.Shared", "Chance is injected.")]
    [TestCase(@"#region", "A file that needs regions is two files.")]
    [TestCase(@"#pragma warning disable(?!.*//)", "A warning is mended, or its reason stands beside it.")]
    [TestCase(@"\bTODO\b|\bFIXME\b|\bHACK\b", "Finish it, or leave it out.")]
    [TestCase(@"NotImplementedException", "No stub is called done.")]
    [TestCase(
        @"new HttpClient( \{|\(\))|(new SocketsHttpHandler|SocketsHttpHandler \w+ = new\(\))(?!.*AllowAutoRedirect = false, UseProxy = false)",
        "What is asked, and with which key, the configuration says: no redirect of a server's, no proxy of the environment's.")]
    public void The_product_has_none_of(string pattern, string why) => Rule.Holds(
        why,
        Matches(SourceTree.ProductFiles, pattern));

    [Test]
    public void Tests_wait_for_events_and_not_for_time() => Rule.Holds(
        "A test that sleeps is slow or wrong, by turns.",
        Matches(SourceTree.TestFiles.Where(IsNoArchitectureTest), @"Thread\.Sleep|Task\.Delay\("));

    [Test]
    public void No_test_is_switched_off() => Rule.Holds(
        "A test that does not run proves nothing: mend it or delete it.",
        Matches(SourceTree.TestFiles.Where(IsNoArchitectureTest), @"\[Ignore|\[Explicit|Assert\.(Ignore|Pass|Inconclusive)"));

    [Test]
    public void Unsafe_code_stays_with_the_sockets() => Rule.Holds(
        "Only the talk with the kernel needs it; spans do the rest.",
        Matches(SourceTree.ProductFiles.Where(file => SourceTree.FolderOf(file) != "Gateway.Http/Sockets"), @"\bunsafe\b"));

    [Test]
    public void Unchecked_reads_stay_where_bytes_are_searched() => Rule.Holds(
        "Without bounds checks a mistake reads a stranger's memory: the searches that earn it by a benchmark, and nobody else.",
        Matches(SourceTree.ProductFiles.Where(file => !MaySkipBoundsChecks(file)), @"\bUnsafe\.|MemoryMarshal\.GetReference"));

    [Test]
    public void The_hot_folders_use_no_linq() => Rule.Holds(
        "LINQ allocates on every request; the hot path allocates nothing.",
        Matches(SourceTree.ProductFiles.Where(IsHot), @"\.(Select|Where|Any|First|OrderBy|ToList)\("));

    private static bool IsHot(string file) => SourceTree.FolderOf(file) is
        "Gateway.Http/Wire" or "Gateway.Http/Body" or "Gateway.Http/Server"
        or "Gateway.Core/Analysis" or "Gateway.Core/Relay" or "Gateway.Core/Failover";

    private static bool MaySkipBoundsChecks(string file) => SourceTree.FolderOf(file) is
        "Gateway.Http/Sockets" or "Gateway.Http/Wire" or "Gateway.Core/Analysis";

    private static bool IsNoArchitectureTest(string file) => !file.StartsWith("Gateway.Tests/Architecture/", StringComparison.Ordinal);

    // The line is shown, so that a message is enough to go and mend it.
    private static IEnumerable<string> Matches(IEnumerable<string> files, string pattern) =>
        from file in files
        from line in SourceTree.Lines(file).Index()
        where Regex.IsMatch(line.Item, pattern)
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}";
}
