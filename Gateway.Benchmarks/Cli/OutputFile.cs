namespace Gateway.Benchmarks.Cli;

/// <summary>A file that a command writes at its end: whether it can is known at the beginning.</summary>
internal static class OutputFile
{
    /// <summary>Why it can't be written; null if it can.</summary>
    public static string? Refusal(string option, string file)
    {
        if (Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
        {
            return $"{option}: {file} was given, a file in a folder that is there is expected";
        }

        var isNew = !File.Exists(file);
        try
        {
            File.Open(file, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (isNew)
            {
                File.Delete(file);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{option}: {file} was given, which can't be written: {exception.Message}";
        }
    }
}
