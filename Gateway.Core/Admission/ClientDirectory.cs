using System.Security.Cryptography;
using Gateway.Core.Configuration;

namespace Gateway.Core.Admission;

/// <summary>All who may enter. Immutable; thread-safe.</summary>
public sealed class ClientDirectory
{
    private readonly Client[] _clients;

    /// <summary>From a checked configuration.</summary>
    /// <param name="configs">The clients.</param>
    /// <param name="previous">The directory before, whose limits go on by name.</param>
    /// <param name="nowMs">Milliseconds of a monotonic clock.</param>
    public ClientDirectory(IReadOnlyList<ClientConfig> configs, ClientDirectory? previous = null, long nowMs = 0) =>
        _clients = [.. configs.Select(config => new Client(
            config,
            RateLimits.For(config.Limits, previous?._clients.FirstOrDefault(old => old.Name == config.Name)?.Limits, nowMs)))];

    /// <summary>Nobody has a key, so everybody on this machine may enter.</summary>
    public bool IsOpen => _clients.Length == 0;

    /// <summary>All of them.</summary>
    public ReadOnlySpan<Client> All => _clients;

    /// <summary>Whose key this is; null for a wrong, missing or expired one. Takes the same time for each. Allocates nothing.</summary>
    /// <remarks>Only hashes are compared, in constant time, always with all of them: neither how much of a key is right nor whose it is shows in the time.</remarks>
    public Client? Find(ReadOnlySpan<byte> key, DateTimeOffset now)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        Client? found = null;
        foreach (var client in _clients)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, client.KeyHash) ? client : found;
        }

        return found is not null && now <= found.Expires ? found : null;
    }
}
