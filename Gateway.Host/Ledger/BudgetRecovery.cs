using Gateway.Core.Admission;

namespace Gateway.Host.Ledger;

/// <summary>After a restart the budgets know again what this month has cost.</summary>
internal static class BudgetRecovery
{
    /// <summary>Books what the ledger holds of this month.</summary>
    public static void Apply(BudgetBook budgets, string directory, DateTimeOffset now)
    {
        if (budgets.All.IsEmpty)
        {
            return;
        }

        var first = new DateOnly(now.UtcDateTime.Year, now.UtcDateTime.Month, 1);
        foreach (var entry in LedgerEntry.Since(directory, first))
        {
            budgets.Of(entry.Client)?.Book(entry.CostMicroUsd, entry.At);
            budgets.Total?.Book(entry.CostMicroUsd, entry.At);
        }
    }
}
