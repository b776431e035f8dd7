using System.Text.RegularExpressions;

namespace Gateway.Tests.Architecture;

/// <summary>Calls that no analyzer here catches and that would break a promise of the design.</summary>
[TestFixture]
internal sealed class ForbiddenCallsTests
{
    [TestCase(@"DateTime(Offset)?\.(Utc)?Now", "Time is injected: TimeProvider.")]
    [TestCase(@"Thread\.Sleep|Task\.Run\(|\.Wait\(\)", "Nothing blocks a reactor and no work runs without an owner.")]
    [TestCase(@"new Random\(|Random\.Shared", "Chance is injected.")]
    [TestCase(@"#region", "A file that needs regions is two files.")]
    [TestCase(@"\bTODO\b|\bFIXME\b|\bHACK\b", "Finish it or leave it out.")]
    [TestCase(@"NotImplementedException", "No stub is called done.")]
    public void Is_absent(string pattern, string why) => Assert.That(
        SourceTree.ProductFiles.Where(file => Regex.IsMatch(SourceTree.Read(file), pattern)), Is.Empty, why);

    [Test]
    public void Unsafe_code_stays_with_the_sockets() => Assert.That(
        SourceTree.ProductFiles.Where(file => Regex.IsMatch(SourceTree.Read(file), @"\bunsafe\b") && !file.StartsWith("Gateway.Http/Sockets/", StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void The_hot_folders_use_no_linq() => Assert.That(
        SourceTree.ProductFiles.Where(file => Regex.IsMatch(file, "Gateway.Http/(Wire|Body|Server)/|Gateway.Core/(Analysis|Relay|Failover)/")
            && Regex.IsMatch(SourceTree.Read(file), @"\.(Select|Where|Any|First|OrderBy|ToList)\(")),
        Is.Empty);
}
