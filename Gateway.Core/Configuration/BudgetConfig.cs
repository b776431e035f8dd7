namespace Gateway.Core.Configuration;

/// <summary>One entry of <c>budgets</c>, as written and checked. Immutable.</summary>
public sealed record BudgetConfig
{
    /// <summary>Name of the budget that everybody draws on.</summary>
    public const string TotalName = "total";

    /// <summary>The client that draws on it, or <see cref="TotalName"/>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Millionths of a dollar from midnight to midnight, UTC; 0 for no limit.</summary>
    public long DailyMicroUsd { get; init; }

    /// <summary>Millionths of a dollar in a calendar month, UTC; 0 for no limit.</summary>
    public long MonthlyMicroUsd { get; init; }

    /// <summary>The provider that takes over when it is spent; null to refuse.</summary>
    public string? WhenSpent { get; init; }
}
