using System.Text.RegularExpressions;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Deploy;

/// <summary>What a document tells to type: its indented lines, and commands within its sentences. What it only shows is fenced.</summary>
internal static partial class DocumentCommands
{
    /// <summary>Programs that document-commands.sh knows how to run, or that change nothing.</summary>
    public static IReadOnlySet<string> Known { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "claude-gateway", "claude", "curl", "systemctl", "loginctl", "journalctl", "systemd-analyze", "ss", "perf", "strace", "valgrind", "dotnet", "bench", "script",
        "alias", "chmod", "eval", "export", "kill", "printf", "ulimit",
    };

    // Within a sentence only these are taken for commands, known or not.
    private static readonly HashSet<string> Programs =
    [
        .. Known, "apt", "apt-get", "bash", "cat", "chown", "cp", "docker", "dpkg", "git", "haproxy", "install", "ln", "mkdir", "mv", "nginx", "node", "npm", "openssl", "podman", "promtool", "python3", "rm",
        "sed", "sha256sum", "sudo", "sysctl", "tail", "timedatectl", "ufw", "useradd", "wget",
    ];

    // What stands for something else in a command, and what a command within a sentence leaves to the reader.
    private static readonly (string Shown, string Typed)[] Blanks =
    [
        ("--replay FILE", "--replay traffic.jsonl"), ("traffic.jsonl", "replay.jsonl"), ("FILE", "request.json"), ("FOLDER", "\"$HERE/folder\""), ("BINARY", "bin/claude-gateway"), ("PROVIDER", "house"), ("NAME", "Exhaustion"), ("COMMAND", "version"),
        ("A.json B.json", "agent.json compare.json"), ("RESULT.json...", "agent.json"), (" [filter]", ""), ("/tmp/gateway", "$HERE/gateway"), ("/run/claude-gateway", "$HERE"),
    ];

    private static readonly Dictionary<string, string> Rests = new(StringComparer.Ordinal)
    {
        ["bench compare"] = " --help",
        ["bench load"] = " --help",
        ["chmod 600"] = " gateway.json",
        ["kill -USR2"] = " $MAINPID",
        ["systemctl restart"] = " claude-gateway",
        ["systemd-analyze security"] = " claude-gateway",
    };

    /// <summary>The commands of a document, those on lines of their own first; each once.</summary>
    public static IEnumerable<string> Of(string document)
    {
        var text = Fenced().Replace(SourceTree.Read(document), "");
        var lines = Indented().Matches(text).Select(match => match.Groups[1].Value);
        var within = Inline().Matches(text).Select(match => match.Groups[1].Value).Where(IsCommand);
        return lines.Concat(within).Distinct();
    }

    /// <summary>Its program.</summary>
    public static string ProgramOf(string command) => FirstWord().Match(command).Groups[1].Value is var word && word.StartsWith("eng/", StringComparison.Ordinal) ? "script" : word;

    /// <summary>As document-commands.sh runs it beside a gateway at an address.</summary>
    public static string Typed(string command, string address)
    {
        command += Rests.GetValueOrDefault(command, "");
        foreach (var (shown, typed) in Blanks)
        {
            command = command.Replace(shown, typed, StringComparison.Ordinal);
        }

        return Script().Replace(command.Replace("127.0.0.1:8080", address, StringComparison.Ordinal), "$1script $2");
    }

    // A script alone, or a program with a word behind it: a program's bare name is only talked about.
    private static bool IsCommand(string code) =>
        ProgramOf(code) is var program && Programs.Contains(program) && (program == "script" || code.Trim().Contains(' ', StringComparison.Ordinal));

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();

    [GeneratedRegex("^    (\\S.*)$", RegexOptions.Multiline)]
    private static partial Regex Indented();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex("^(?:[A-Z_]+=\\S+ )*(\\S+)")]
    private static partial Regex FirstWord();

    [GeneratedRegex("^((?:[A-Z_]+=\\S+ )*)(eng/)")]
    private static partial Regex Script();
}
