using Gateway.Host.Lifetime;

namespace Gateway.Host.Cli.Client;

/// <summary>The key that the gateway makes at its first start and that only its user can read.</summary>
internal static class ManagementKey
{
    private const string FileName = "management.key";

    /// <summary>The key; null if there is none, which is remarked on.</summary>
    public static async Task<string?> ReadAsync(Surroundings around, string? file, CancellationToken cancel)
    {
        var path = file ?? Path.Combine(StateDirectory.Of(around.Environment), FileName);
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
}
