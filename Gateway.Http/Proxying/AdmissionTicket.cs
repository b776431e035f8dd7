using Gateway.Core.Admission;
using Gateway.Core.Routing;

namespace Gateway.Http.Proxying;

/// <summary>Who asks, and what is held for it until the exchange ends: a place, tokens, money.</summary>
internal sealed class AdmissionTicket
{
    /// <summary>Who asks; null where everybody may.</summary>
    public Client? Client { get; set; }

    /// <summary>It counts as in flight.</summary>
    public bool IsInside { get; set; }

    /// <summary>It holds a place in its client's limits.</summary>
    public bool HoldsLimits { get; set; }

    /// <summary>Estimated input tokens.</summary>
    public long InputTokens { get; set; }

    /// <summary>What the attempt under way holds of the limits of its provider and key.</summary>
    public AttemptLimits Attempt { get; } = new();

    /// <summary>The client's budget it draws on.</summary>
    public Budget? ClientBudget { get; set; }

    /// <summary>What is reserved there.</summary>
    public BudgetLease ClientLease { get; set; }

    /// <summary>Everybody's budget it draws on.</summary>
    public Budget? TotalBudget { get; set; }

    /// <summary>What is reserved there.</summary>
    public BudgetLease TotalLease { get; set; }

    /// <summary>Where it goes because the money is spent; null otherwise.</summary>
    public Route? SpentRoute { get; set; }

    /// <summary>What it cost, millionths of a dollar.</summary>
    public long CostMicroUsd { get; set; }

    /// <summary>Forgets the last exchange, which has been settled.</summary>
    public void Begin()
    {
        Client = null;
        ClientBudget = TotalBudget = null;
        ClientLease = TotalLease = default;
        SpentRoute = null;
        CostMicroUsd = 0;
    }
}
