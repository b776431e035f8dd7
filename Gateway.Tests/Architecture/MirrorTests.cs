namespace Gateway.Tests.Architecture;

/// <summary>Where bytes are judged, each file has its tests.</summary>
[TestFixture]
internal sealed class MirrorTests
{
    private static readonly string[] Mirrored = ["Gateway.Http/Wire", "Gateway.Core/Analysis", "Gateway.Core/Failover"];

    // Files of plain values: what they hold is tested with those who fill them.
    private static readonly string[] WithoutLogic = ["ParseStatus", "HttpLimits", "ScanStatus", "ScannedRequest"];

    [Test]
    public void Each_file_has_its_tests()
    {
        var missing = from file in SourceTree.ProductFiles
                      where Mirrored.Contains(Path.GetDirectoryName(file)!.Replace('\\', '/'))
                      let name = Path.GetFileNameWithoutExtension(file)
                      where !WithoutLogic.Contains(name)
                      let tests = $"Gateway.Tests/{Path.ChangeExtension(file, null)["Gateway.".Length..]}Tests.cs"
                      where !File.Exists(Path.Combine(SourceTree.Root, tests))
                      select tests;
        Assert.That(missing, Is.Empty);
    }
}
