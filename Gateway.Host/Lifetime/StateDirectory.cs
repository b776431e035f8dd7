namespace Gateway.Host.Lifetime;

/// <summary>Where the process keeps what outlives it: the management key, the ledger.</summary>
internal static class StateDirectory
{
    /// <summary>The directory, made if it was not there; null if it can't be had.</summary>
    /// <remarks>GATEWAY_STATE_DIR, else systemd's STATE_DIRECTORY, else the XDG Base Directory Specification.</remarks>
    public static string? Open(Func<string, string?> environment)
    {
        var path = Of(environment);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The directory, whether it is there or not.</summary>
    public static string Of(Func<string, string?> environment) =>
        environment("GATEWAY_STATE_DIR") is { Length: > 0 } own ? own
        : environment("STATE_DIRECTORY") is { Length: > 0 } given ? given.Split(':')[0]
        : Path.Combine(
            environment("XDG_STATE_HOME") is { Length: > 0 } home
                ? home
                : Path.Combine(environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
            "claude-gateway");
}
