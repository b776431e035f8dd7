using System.Diagnostics;
using System.Text.RegularExpressions;
using Gateway.Tests.Architecture;
using Gateway.Tests.Support;

namespace Gateway.Tests.Deploy;

/// <summary>What the documents tell an operator to type is typed, in a shell, beside a gateway that runs.</summary>
[TestFixture, Platform("Linux")]
internal sealed partial class DocumentCommandTests
{
    private static readonly string[] Documents =
        ["README.md", .. Directory.GetFiles(Path.Combine(SourceTree.Root, "docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)];

    [Test]
    public async Task What_an_operator_is_told_to_type_works()
    {
        await using var providers = await GatewayProcess.StartListeningAsync("{}");
        await using var gateway = await GatewayProcess.StartListeningAsync("{}");
        var address = $"{gateway.EndPoint}";

        // Two providers that are there: another gateway, whose built-in model answers.
        await File.WriteAllTextAsync(Path.Combine(gateway.StateDirectory, "request.json"), """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"}]}""");
        await File.WriteAllTextAsync(gateway.ConfigFile, $$"""
            {
              "claude_gateway": { "port": {{gateway.EndPoint.Port}} },
              "providers": {
                "house": { "base_url": "http://{{providers.EndPoint}}/anthropic", "auth": "none", "models": ["claude-house-1"] },
                "lab": { "base_url": "http://{{providers.EndPoint}}/anthropic", "auth": "none", "models": ["claude-lab-1"], "local": true }
              }
            }
            """);
        await gateway.SignalAsync("HUP");
        await gateway.LineAsync("$.providers.lab.models");

        var commands = Documents.SelectMany(document => Typed().Matches(SourceTree.Read(document)))
            .Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value)
            .Distinct().ToList();
        Assert.That(commands, Has.Count.GreaterThan(15));
        Rule.Holds(
            "An operator who types this is told that it failed.",
            from command in commands
            let run = Run(gateway, address, command)
            where run.Code != 0
            select $"{command}: {run.Code}: {run.Output}");
    }

    private static (int Code, string Output) Run(GatewayProcess gateway, string address, string command)
    {
        var adapted = command.Replace("127.0.0.1:8080", address, StringComparison.Ordinal);
        adapted += command.Contains(" service ", StringComparison.Ordinal) && !command.EndsWith("--dry-run", StringComparison.Ordinal) ? " --dry-run" : "";
        adapted += command.StartsWith("claude-gateway bench", StringComparison.Ordinal) ? " --yes --requests 1" : "";

        // A stream without an end.
        adapted += command.StartsWith("curl -N", StringComparison.Ordinal) ? " --max-time 1 || [ $? = 28 ]" : "";
        adapted = adapted.StartsWith("curl", StringComparison.Ordinal) ? $"curl --silent --show-error --fail{adapted[4..]}" : adapted;
        var start = new ProcessStartInfo("bash", ["-c", $"claude-gateway() {{ {Binary} \"$@\"; }}\n{adapted}"])
        {
            WorkingDirectory = gateway.StateDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["GATEWAY_STATE_DIR"] = gateway.StateDirectory;
        start.Environment["HOME"] = gateway.StateDirectory;
        start.Environment.Remove("ANTHROPIC_BASE_URL");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    private static string Binary => Environment.GetEnvironmentVariable("GATEWAY_BINARY") is { Length: > 0 } native
        ? $"'{native}'"
        : $"dotnet '{Path.Combine(AppContext.BaseDirectory, "claude-gateway.dll")}'";

    // On a line of its own; or within a sentence, where nothing in capitals stands for something else.
    [GeneratedRegex("""^    ((?:claude-gateway [a-z]|curl ).*?)$|`((?:eval "\$\()?claude-gateway [a-z][^`A-Z>]*)`""", RegexOptions.Multiline)]
    private static partial Regex Typed();
}
