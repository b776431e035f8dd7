namespace Gateway.Core.Telemetry;

/// <summary>Whose traffic is counted together.</summary>
/// <param name="Provider">Name of the provider; empty if none was asked.</param>
/// <param name="Route">Name of the route.</param>
/// <param name="Model">The provider's model, or "other".</param>
public sealed record TrafficLabels(string Provider, string Route, string Model);

/// <summary>One writer's counts for one set of labels. Owner's thread adds, any reads.</summary>
public sealed class TrafficCells
{
    private readonly long[] _outcomes = new long[(int)ExchangeOutcome.GatewayFault + 1];
    private readonly long[] _tokens = new long[4];
    private long _cost;

    /// <summary>Finished exchanges of an outcome.</summary>
    public long Exchanges(ExchangeOutcome outcome) => Volatile.Read(ref _outcomes[(int)outcome]);

    /// <summary>Tokens: input, output, read from the prompt cache, written to it.</summary>
    public long Tokens(int kind) => Volatile.Read(ref _tokens[kind]);

    /// <summary>Millionths of a dollar.</summary>
    public long CostMicroUsd => Volatile.Read(ref _cost);

    internal void Count(in ExchangeRecord record)
    {
        Add(ref _outcomes[(int)record.Outcome], 1);
        Add(ref _cost, record.CostMicroUsd);
        Add(ref _tokens[0], record.Usage.InputTokens);
        Add(ref _tokens[1], record.Usage.OutputTokens);
        Add(ref _tokens[2], record.Usage.CacheReadInputTokens);
        Add(ref _tokens[3], record.Usage.CacheCreationInputTokens);
    }

    private static void Add(ref long cell, long amount) => Volatile.Write(ref cell, cell + Math.Max(0, amount));
}
