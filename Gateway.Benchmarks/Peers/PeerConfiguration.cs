using System.Globalization;
using System.Net;

namespace Gateway.Benchmarks.Peers;

/// <summary>What stands in the place of the names in braces of a peer's configuration.</summary>
/// <param name="Port">Where it listens.</param>
/// <param name="Upstream">The provider.</param>
/// <param name="Threads">Threads or workers.</param>
/// <param name="Folder">A folder of its own.</param>
/// <param name="CaFile">Whom to trust if the provider speaks TLS; null if it does not.</param>
internal sealed record PeerConfiguration(int Port, IPEndPoint Upstream, int Threads, string Folder, string? CaFile)
{
    /// <summary>The configuration of that name, filled in.</summary>
    public string Fill(string name)
    {
        using var stream = typeof(PeerConfiguration).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no configuration {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("{port}", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{upstream}", Upstream.ToString(), StringComparison.Ordinal)
            .Replace("{threads}", Threads.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{folder}", Folder, StringComparison.Ordinal)
            .Replace("{scheme}", CaFile is null ? "http" : "https", StringComparison.Ordinal)
            .Replace("{authority}", CaFile ?? "/etc/ssl/certs/ca-certificates.crt", StringComparison.Ordinal)
            .Replace("{tls}", CaFile is null ? "" : $"ssl verify required ca-file {CaFile} sni str(localhost) verifyhost localhost", StringComparison.Ordinal);
    }
}
