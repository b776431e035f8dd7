namespace Gateway.Core.Configuration;

/// <summary>One entry of <c>clients</c>, as written and checked. Immutable.</summary>
public sealed record ClientConfig
{
    /// <summary>Its name, in logs, budgets and conditions.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where its key is.</summary>
    public SecretReference? KeyReference { get; init; }

    /// <summary>SHA-256 of its key, in hexadecimal digits; null where the key itself is referred to.</summary>
    public string? KeySha256 { get; init; }

    /// <summary>The 32 bytes its key hashes to; empty where there is none.</summary>
    public ReadOnlyMemory<byte> KeyHash { get; init; }

    /// <summary>Patterns of the models it may ask for; empty for all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Names of the providers that may serve it; empty for all.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>How much it may ask for.</summary>
    public LimitConfig Limits { get; init; } = new();

    /// <summary>Its key is none any more after this.</summary>
    public DateTimeOffset? Expires { get; init; }
}
