using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What must hold for <c>budgets</c>: each is somebody's, and who takes over is there.</summary>
internal static class BudgetRules
{
    public static void Check(ConfigValue root, GatewayConfig config)
    {
        string[] owners = [.. config.Clients.Select(client => client.Name), BudgetConfig.TotalName];
        string[] providers = [.. config.Providers.Select(provider => provider.Name)];
        foreach (var budget in config.Budgets)
        {
            var place = root.Field("budgets").Field(budget.Name);
            if (!owners.Contains(budget.Name))
            {
                place.RefuseOnce($"{Glimpse.Of(budget.Name)}, which is no client", Spelling.Nearest(budget.Name, owners));
            }

            if (budget.WhenSpent is { } name && !providers.Contains(name))
            {
                place.Field("when_spent").RefuseOnce($"{Glimpse.Of(name)}, which is no provider", Spelling.Nearest(name, providers));
            }
        }
    }
}
