using System.Diagnostics;
using Gateway.Tests.Architecture;
using Gateway.Tests.Support;

namespace Gateway.Tests.Deploy;

/// <summary>What the documents tell to type is typed, in a shell, beside a gateway that runs.</summary>
[TestFixture, Parallelizable, Platform("Linux")]
internal sealed class DocumentCommandTests
{
    private static readonly string Binary = Environment.GetEnvironmentVariable("GATEWAY_BINARY") is { Length: > 0 } native
        ? $"'{native}'"
        : $"dotnet '{Path.Combine(AppContext.BaseDirectory, "claude-gateway.dll")}'";

    private readonly HashSet<string> _typed = [];
    private DirectoryInfo _here = null!;
    private GatewayProcess _providers = null!;
    private GatewayProcess _gateway = null!;

    private static IEnumerable<string> Documents => SourceTree.Documents.Where(static document => DocumentCommands.Of(document).Any());

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _here = Directory.CreateTempSubdirectory("gateway-documents-");
        _providers = await GatewayProcess.StartListeningAsync("{}");
        var config = $$"""
            {
              "claude_gateway": { "unix_socket": "{{Here("gateway.sock")}}", "capture": { "file": "{{Here("traffic.jsonl")}}" } },
              "default_provider": "house",
              "providers": {
                "house": { "base_url": "http://{{_providers.EndPoint}}/anthropic", "auth": "none", "models": ["claude-house-1"] },
                "lab": { "base_url": "http://{{_providers.EndPoint}}/anthropic", "auth": "none", "models": ["claude-lab-1"], "local": true }
              }
            }
            """;
        _gateway = await GatewayProcess.StartListeningAsync(config);
        await FurnishAsync(_gateway, config);
    }

    [OneTimeTearDown]
    public async Task Forget()
    {
        await _gateway.DisposeAsync();
        await _providers.DisposeAsync();
        _here.Delete(recursive: true);
    }

    [Test]
    public void Nothing_is_told_that_no_test_can_type()
    {
        Rule.Holds(
            "document-commands.sh types it, or it is no command and stands between ```text lines.",
            from document in SourceTree.Documents
            from command in DocumentCommands.Of(document)
            where !DocumentCommands.Known.Contains(DocumentCommands.ProgramOf(command))
            select $"{document}: {command}");
        Assert.That(SourceTree.Documents.Sum(document => DocumentCommands.Of(document).Count()), Is.GreaterThan(90));
    }

    [TestCaseSource(nameof(Documents))]
    public async Task What_a_document_tells_to_type_works(string document)
    {
        Rule.Holds("Whoever types this is told that it failed.", Failures(_gateway, document));
        if (DocumentCommands.Of(document).Any(static command => command.Contains("SIGUSR2", StringComparison.Ordinal)))
        {
            await _gateway.TakenOverAsync();
        }
    }

    private async Task FurnishAsync(GatewayProcess gateway, string config)
    {
        Directory.CreateDirectory(Here("bin"));
        await File.WriteAllTextAsync(Here("bin/claude-gateway"), $"#!/bin/bash\nexec {Binary} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Here("bin/claude-gateway"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        PrivateFile.Write(Here("gateway.json"), config.Replace("{ \"unix_socket\"", $"{{ \"port\": {gateway.EndPoint.Port}, \"unix_socket\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Here("request.json"), """{"model":"claude-house-1","max_tokens":9,"messages":[{"role":"user","content":"x"}]}""");
        await File.WriteAllTextAsync(Here("prompt.txt"), "Show me a session.");

        // An exchange to be captured.
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        Assert.That((await client.PostAsync(await File.ReadAllBytesAsync(Here("request.json")))).Status, Is.EqualTo(200));
        for (var since = TimeProvider.System.GetTimestamp(); new FileInfo(Here("traffic.jsonl")).Length == 0 && TimeProvider.System.GetElapsedTime(since) < Patience.Longest;)
        {
            await Task.Yield();
        }

        // What comes later is not to be played again: it would take as long.
        File.Copy(Here("traffic.jsonl"), Here("replay.jsonl"));
    }

    // What sets something in its shell, or needs that, is typed again in each; the rest once.
    private List<string> Failures(GatewayProcess gateway, string document)
    {
        var commands = from command in DocumentCommands.Of(document)
                       let program = DocumentCommands.ProgramOf(command)
                       where _typed.Add(command) || program is "export" or "alias" or "claude"
                       select command;
        File.WriteAllLines(Here("commands"), commands.Select(command => DocumentCommands.Typed(command, $"{gateway.EndPoint}")));
        var start = new ProcessStartInfo("bash", [Path.Combine(SourceTree.Root, "Gateway.Tests/Deploy/document-commands.sh")]) { RedirectStandardOutput = true };
        foreach (var (name, value) in ((string, string)[])[
            ("ROOT", SourceTree.Root), ("HERE", _here.FullName), ("COMMANDS", Here("commands")), ("MAINPID", $"{gateway.Id}"), ("HOME", _here.FullName), ("GATEWAY_STATE_DIR", gateway.StateDirectory),
            ("CONFIGURATION", AppContext.BaseDirectory.Contains("Debug", StringComparison.Ordinal) ? "Debug" : "Release"), ("BUILDER", Environment.GetEnvironmentVariable("HOME") ?? "")])
        {
            start.Environment[name] = value;
        }

        start.Environment.Remove("ANTHROPIC_BASE_URL");
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        List<string> failures = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        return process.ExitCode == 0 ? failures : [.. failures, $"{document}: {process.ExitCode}"];
    }

    private string Here(string file) => Path.Combine(_here.FullName, file);
}
