using Gateway.Core.Configuration;

namespace Gateway.Host.Lifetime;

/// <summary>Who can get at a file.</summary>
internal static class FileModes
{
    private const UnixFileMode ForGroup = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private const UnixFileMode ForEverybody = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>By the mode of the file, or of what a link leads to.</summary>
    public static FileAudience AudienceOf(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return FileAudience.Owner;
        }

        try
        {
            var mode = File.GetUnixFileMode(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
            return (mode & ForEverybody) != 0 ? FileAudience.Everybody : (mode & ForGroup) != 0 ? FileAudience.Group : FileAudience.Owner;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it says that it can't be.
            return FileAudience.Owner;
        }
    }
}
