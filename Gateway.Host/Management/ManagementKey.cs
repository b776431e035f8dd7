using System.Security.Cryptography;
using System.Text;
using Gateway.Core.Configuration;
using Gateway.Host.Lifetime;

namespace Gateway.Host.Management;

/// <summary>The key without which nothing is changed: made at the first start, in a file that only its owner can read.</summary>
internal sealed class ManagementKey
{
    private const string FileName = "management.key";
    private const int Bytes = 32;

    // Computed when it is needed first: the system's library is large, and an idle gateway need not load it.
    private readonly Lazy<byte[]>? _hash;

    private ManagementKey(string? key) => _hash = key is null ? null : new Lazy<byte[]>(() => SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Reads the key, or makes it; without a place to keep it nothing can be changed.</summary>
    /// <param name="directory">Where state is kept; null for nowhere.</param>
    /// <param name="file">File with a key that the operator has chosen; null for our own.</param>
    public static ManagementKey Load(string? directory, string? file = null)
    {
        if (directory is null && file is null)
        {
            return new ManagementKey(null);
        }

        var path = file ?? Path.Combine(directory!, FileName);
        try
        {
            if (file is null && !File.Exists(path))
            {
                Make(path);
            }

            var key = File.ReadAllText(path).Trim();
            return new ManagementKey(key.Length > 0 ? key : null) { OpenFile = FileModes.AudienceOf(path) == FileAudience.Owner ? null : path };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new ManagementKey(null);
        }
    }

    /// <summary>There is a key.</summary>
    public bool Exists => _hash is not null;

    /// <summary>The file it is in, if others than its owner can read or write that; null as it should be.</summary>
    public string? OpenFile { get; private init; }

    /// <summary>This is the key. Takes the same time for each.</summary>
    public bool Matches(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        return _hash is not null && CryptographicOperations.FixedTimeEquals(hash, _hash.Value);
    }

    private static void Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)) + "\n"));
    }
}
