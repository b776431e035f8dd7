using System.Text;
using Gateway.Core.Configuration;

namespace Gateway.Core.Providers;

/// <summary>One who answers, derived from what the operator wrote. Immutable.</summary>
public sealed class Provider
{
    private readonly ModelPattern[] _models;

    /// <summary>Derives from a checked entry.</summary>
    public Provider(ProviderConfig config)
    {
        Name = config.Name;
        NameUtf8 = Encoding.UTF8.GetBytes(config.Name);
        Dialect = config.Dialect;
        PriorityScore = config.PriorityScore;
        ModelMap = new ModelMap(config.ModelMap);
        _models = [.. config.Models.Select(model => new ModelPattern(model))];
        ExactModels = [.. config.Models.Where(model => !model.EndsWith('*'))];
        ForwardsClientCredential = config.Auth == AuthKind.Client;
        (AuthField, AuthValue) = Credential(config);
        Target = config.BaseUrl is { } url ? MakeTarget(config, url) : null;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its name in UTF-8.</summary>
    public ReadOnlyMemory<byte> NameUtf8 { get; }

    /// <summary>Where its requests go; null for the built-in provider.</summary>
    public HttpTarget? Target { get; }

    /// <summary>It answers in process.</summary>
    public bool IsSynthetic => Target is null;

    /// <summary>The API it speaks.</summary>
    public Dialect Dialect { get; }

    /// <summary>Names it gives models.</summary>
    public ModelMap ModelMap { get; }

    /// <summary>The models it was configured with by name.</summary>
    public IReadOnlyList<string> ExactModels { get; }

    /// <summary>Goes before those with a lower one.</summary>
    public int PriorityScore { get; }

    /// <summary>The client's own credential passes.</summary>
    public bool ForwardsClientCredential { get; }

    /// <summary>Name of the field its credential goes into; empty without one.</summary>
    public ReadOnlyMemory<byte> AuthField { get; }

    /// <summary>Value of that field.</summary>
    public Secret? AuthValue { get; }

    /// <summary>It names this model among those it serves.</summary>
    public bool Names(ReadOnlySpan<byte> model)
    {
        foreach (var pattern in _models)
        {
            if (pattern.Matches(model))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>It serves this model: it names it, or names none.</summary>
    public bool Serves(ReadOnlySpan<byte> model) => _models.Length == 0 || Names(model);

    private static (ReadOnlyMemory<byte> Field, Secret? Value) Credential(ProviderConfig config) => (config.Auth, config.ApiKey) switch
    {
        (AuthKind.XApiKey, { } key) => ("x-api-key"u8.ToArray(), key),
        (AuthKind.Bearer, { } key) => ("authorization"u8.ToArray(), key.Behind("Bearer "u8)),
        _ => (default, null),
    };

    private static HttpTarget MakeTarget(ProviderConfig config, Uri url) => new(url)
    {
        CaFile = config.CaFile,
        CredentialId = config.Name,
        MaxConcurrent = config.MaxConcurrentRequests,
        ConnectTimeoutMs = config.ConnectTimeoutMs,
        TlsTimeoutMs = config.TlsTimeoutMs,
        PoolIdleMs = config.PoolIdleSeconds * 1000,
        PoolAgeMs = config.PoolAgeSeconds * 1000,
    };
}
