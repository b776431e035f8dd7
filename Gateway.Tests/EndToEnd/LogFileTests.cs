using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>A gateway that logs into a file, as a process of its own.</summary>
[TestFixture, Platform("Linux"), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LogFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-log-");

    private string Log => Path.Combine(_folder.FullName, "gateway.log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Every_line_is_in_the_file_too()
    {
        await using var gateway = await GatewayProcess.StartListeningAsync(Config(Log));
        await gateway.TerminateAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero);

        var lines = await File.ReadAllLinesAsync(Log);
        Assert.That(lines, Is.EqualTo(gateway.Output.Split('\n')));
        Assert.That(lines.Select(line => JsonElement.Parse(line).GetProperty("event").GetString()), Does.Contain("listening").And.Contain("stopped"));
    }

    [Test]
    public async Task A_file_that_cannot_be_opened_is_an_error_of_the_configuration()
    {
        await using var gateway = GatewayProcess.Start(Config("/proc/nowhere/gateway.log"));

        Assert.That(await gateway.ExitAsync(), Is.EqualTo(78));
        Assert.That(gateway.Output, Does.Contain("$.claude_gateway.log_file.path").And.Contain("/proc/nowhere").And.Contain("expected a file that can be written"));
    }

    [Test]
    public async Task A_full_disk_holds_no_request_back_and_lines_wait_for_room()
    {
        File.CreateSymbolicLink(Log, "/dev/full");
        await using var gateway = await GatewayProcess.StartListeningAsync(Config(Log));
        if (!gateway.Output.Contains("takes nothing", StringComparison.Ordinal))
        {
            // It may have said so before it said that it listens.
            await gateway.LineAsync("takes nothing");
        }

        Assert.That(gateway.Output, Does.Match("(?m)^claude-gateway: the file .*takes nothing"));
        using (var client = await RawClient.ConnectAsync(gateway.EndPoint))
        {
            Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
        }

        File.Delete(Log);
        await gateway.LineAsync("takes lines again");
        await gateway.TerminateAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero);

        var lines = await File.ReadAllLinesAsync(Log);
        Assert.That(lines, Has.Some.Contain("\"exchange\""));
        Assert.That(lines, Is.EqualTo(gateway.Output.Split('\n').Where(line => line.StartsWith('{'))), "none missing, none twice");
    }

    [Test]
    public async Task A_reload_opens_the_file_anew_for_the_tool_that_renamed_it()
    {
        await using var gateway = await GatewayProcess.StartListeningAsync(Config(Log));
        File.Move(Log, Log + ".1");
        await File.WriteAllTextAsync(Log, "");
        await gateway.SignalAsync("HUP");
        await gateway.LineAsync("config_loaded");
        await gateway.TerminateAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero);

        Assert.That(await File.ReadAllTextAsync(Log), Does.Contain("\"stopped\""));
    }

    private static string Config(string path) => $$"""
        { "claude_gateway": { "request_logging": true, "log_file": { "path": "{{path}}" } } }
        """;
}
