using Gateway.Host.Cli;

namespace Gateway.Tests.Host.Cli;

/// <summary>A folder with files, an environment, and commands that are run in them.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-cli-");

    /// <summary>Where its files are.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The environment of the commands; they see no other.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Commands think that they write to a terminal.</summary>
    public bool HasColour { get; init; }

    /// <summary>What is said to a command that asks; null where nobody is there.</summary>
    public string? Reply { get; init; }

    /// <summary>What the last command gave as its result.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What it remarked.</summary>
    public string Errors { get; private set; } = "";

    /// <summary>Writes a file that only its owner can read; returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    /// <summary>Runs a command to its end; returns its exit code.</summary>
    public int Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = GatewayCommandLine.Run(args, new Surroundings
        {
            Output = output,
            Errors = errors,
            HasColour = HasColour,
            Environment = name => Environment.GetValueOrDefault(name),
            VariableNames = [.. Environment.Keys],
            Folder = Folder,
            Ask = _ => Reply,
            Serve = _ => throw new AssertionException("served"),
        });
        (Output, Errors) = (output.ToString(), errors.ToString());
        return code;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
