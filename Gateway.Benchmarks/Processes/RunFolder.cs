using System.Globalization;

namespace Gateway.Benchmarks.Processes;

/// <summary>Temporary folders that tell whose they are: a tool that was killed leaves its own behind, and the next one takes them away.</summary>
internal static class RunFolder
{
    private const string Beginning = "claude-gateway-";

    private static readonly string[] Purposes = ["load", "look"];
    private static readonly Lazy<bool> Swept = new(static () => Sweep(Path.GetTempPath()));

    /// <summary>Makes one. The first of a process takes away what others have left.</summary>
    /// <param name="purpose"><c>load</c> or <c>look</c>.</param>
    public static DirectoryInfo Create(string purpose)
    {
        _ = Swept.Value;
        return Directory.CreateTempSubdirectory($"{Beginning}{purpose}-{Environment.ProcessId}-");
    }

    /// <summary>Takes away those in a folder whose process is gone.</summary>
    internal static bool Sweep(string temporary)
    {
        foreach (var folder in Purposes.SelectMany(purpose => Directory.GetDirectories(temporary, $"{Beginning}{purpose}-*-*")).Where(IsLeft))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or somebody else takes it away.
            }
        }

        return true;
    }

    // A number that belongs to another process by now keeps its folder.
    private static bool IsLeft(string folder) =>
        int.TryParse(Path.GetFileName(folder).Split('-')[3], CultureInfo.InvariantCulture, out var owner) && !Directory.Exists($"/proc/{owner}");
}
