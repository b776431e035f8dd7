using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of one entry of <c>budgets</c>.</summary>
internal static class BudgetFields
{
    private static readonly MoneyKind Money = new();

    public static ConfigTable<BudgetConfig> Table { get; } = new()
    {
        { "daily_usd", Money, c => c.DailyMicroUsd, (c, v) => c with { DailyMicroUsd = v },
            "Dollars from midnight to midnight, UTC; 0 for no limit." },
        { "monthly_usd", Money, c => c.MonthlyMicroUsd, (c, v) => c with { MonthlyMicroUsd = v },
            "Dollars in a calendar month, UTC; 0 for no limit." },
        { "when_spent", Word, c => c.WhenSpent, (c, v) => c with { WhenSpent = v },
            "Provider that takes over when it is spent, such as a local one; without it requests are refused." },
    };
}
