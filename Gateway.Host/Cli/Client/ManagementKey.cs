namespace Gateway.Host.Cli.Client;

/// <summary>The key that the gateway makes at its first start and that only its user can read.</summary>
internal static class ManagementKey
{
    private const string FileName = "management.key";

    /// <summary>The key; null if there is none, which is remarked on.</summary>
    public static async Task<string?> ReadAsync(Surroundings around, CancellationToken cancel)
    {
        var path = PathFor(around.Environment);
        try
        {
            return (await File.ReadAllTextAsync(path, cancel).ConfigureAwait(false)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            around.Remark($"{path}: {exception.Message}");
            return null;
        }
    }

    // XDG Base Directory Specification: what a user's programs keep between starts.
    private static string PathFor(Func<string, string?> environment) =>
        environment("GATEWAY_STATE_DIR") is { Length: > 0 } own ? Path.Combine(own, FileName)
        : environment("XDG_STATE_HOME") is { Length: > 0 } state ? Path.Combine(state, "claude-gateway", FileName)
        : Path.Combine(environment("HOME") ?? "", ".local", "state", "claude-gateway", FileName);
}
