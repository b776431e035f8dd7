using Gateway.Core.Configuration;

namespace Gateway.Core.Admission;

/// <summary>All budgets, by whose they are. Immutable but for what was spent.</summary>
public sealed class BudgetBook
{
    private readonly Budget[] _budgets;

    /// <summary>From a checked configuration; what was spent goes on by name.</summary>
    public BudgetBook(IReadOnlyList<BudgetConfig> configs, BudgetBook? previous = null)
    {
        _budgets = [.. configs.Select(config =>
        {
            var budget = previous?._budgets.FirstOrDefault(old => old.Name == config.Name) ?? new Budget(config.Name);
            budget.Config = config;
            return budget;
        })];
        Total = _budgets.FirstOrDefault(budget => budget.Name == BudgetConfig.TotalName);
    }

    /// <summary>All of them.</summary>
    public ReadOnlySpan<Budget> All => _budgets;

    /// <summary>The one that everybody draws on; null without one.</summary>
    public Budget? Total { get; }

    /// <summary>The client's own; null without one. Allocates nothing.</summary>
    public Budget? Of(string client)
    {
        foreach (var budget in _budgets)
        {
            if (budget.Name == client && budget != Total)
            {
                return budget;
            }
        }

        return null;
    }
}
