using Gateway.Benchmarks.Processes;

namespace Gateway.Tests.Benchmarks.Processes;

[Platform("Linux")]
internal sealed class RunFolderTests
{
    [Test]
    public void What_a_killed_run_has_left_is_taken_away_and_nothing_else()
    {
        var temporary = Directory.CreateTempSubdirectory("sweep-");
        string[] kept = [$"claude-gateway-load-{Environment.ProcessId}-abc", "claude-gateway-load-abc", "claude-gateway-else-2147483647-abc"];
        foreach (var name in (string[])[.. kept, "claude-gateway-load-2147483647-abc", "claude-gateway-look-2147483647-abc"])
        {
            File.WriteAllText(Path.Combine(temporary.CreateSubdirectory(name).FullName, "file"), "");
        }

        RunFolder.Sweep(temporary.FullName);

        Assert.That(temporary.GetDirectories().Select(static folder => folder.Name), Is.EquivalentTo(kept));
        temporary.Delete(recursive: true);
    }

    [Test]
    public void A_folder_tells_whose_it_is()
    {
        var folder = RunFolder.Create("load");
        Assert.That(folder.Name, Does.StartWith($"claude-gateway-load-{Environment.ProcessId}-"));
        folder.Delete();
    }
}
