using System.Diagnostics;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Deploy;

/// <summary>A program of the machine that knows a format better than we do. Where it is missing, so is its verdict.</summary>
internal sealed class Tool
{
    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/usr/local/sbin", "/sbin"];

    private readonly string _path;

    private Tool(string path) => _path = path;

    /// <summary>The program, or null if it is not here.</summary>
    public static Tool? Find(string name) =>
        Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } path ? new Tool(path) : null;

    /// <summary>The full path of a file of the repository.</summary>
    public static string PathOf(string file) => Path.Combine(SourceTree.Root, file);

    /// <summary>Starts it, and returns at once.</summary>
    public Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(_path, arguments))!;

    /// <summary>Runs it to its end; its exit code, and all it said.</summary>
    public (int Code, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(_path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
