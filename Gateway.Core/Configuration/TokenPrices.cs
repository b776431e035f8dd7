namespace Gateway.Core.Configuration;

/// <summary>What a million tokens of each kind cost, in millionths of a dollar. Immutable.</summary>
public record TokenPrices
{
    /// <summary>Input beside the prompt cache.</summary>
    public long InputMicroUsd { get; init; }

    /// <summary>Output.</summary>
    public long OutputMicroUsd { get; init; }

    /// <summary>Input read from the prompt cache.</summary>
    public long CacheReadMicroUsd { get; init; }

    /// <summary>Input written to the prompt cache.</summary>
    public long CacheWriteMicroUsd { get; init; }

    /// <summary>Nothing is written.</summary>
    public bool IsEmpty => InputMicroUsd == 0 && OutputMicroUsd == 0 && CacheReadMicroUsd == 0 && CacheWriteMicroUsd == 0;
}
