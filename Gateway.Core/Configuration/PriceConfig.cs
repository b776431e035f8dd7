namespace Gateway.Core.Configuration;

/// <summary>What a million tokens cost, in millionths of a dollar; 0 for nothing. Immutable.</summary>
public sealed record PriceConfig
{
    /// <summary>Input beside the prompt cache.</summary>
    public long InputMicroUsd { get; init; }

    /// <summary>Output.</summary>
    public long OutputMicroUsd { get; init; }

    /// <summary>Input read from the prompt cache.</summary>
    public long CacheReadMicroUsd { get; init; }

    /// <summary>Input written to the prompt cache.</summary>
    public long CacheWriteMicroUsd { get; init; }

    /// <summary>Nothing was written, or all is free.</summary>
    public bool IsEmpty => InputMicroUsd == 0 && OutputMicroUsd == 0 && CacheReadMicroUsd == 0 && CacheWriteMicroUsd == 0;
}
