namespace Gateway.Tests.Support;

/// <summary>Files as keys want them: their owner's alone.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file that nobody else can read.</summary>
    public static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
