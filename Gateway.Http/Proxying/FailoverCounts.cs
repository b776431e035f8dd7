using Gateway.Core.Telemetry;

namespace Gateway.Http.Proxying;

/// <summary>Counts who took over from whom, and why: for rare moments. And the streams under way.</summary>
/// <param name="counts">Where what is rare is counted.</param>
/// <param name="cells">The reactor's own cells.</param>
internal sealed class FailoverCounts(RareCounts counts, CounterCells cells)
{
    /// <summary>Providers are asked from here on.</summary>
    public void Enter(bool isStream) => cells.Add(Counter.StreamsBegun, isStream ? 1 : 0);

    /// <summary>The answer is over.</summary>
    public void Leave(bool isStream) => cells.Add(Counter.StreamsEnded, isStream ? 1 : 0);

    /// <summary>Where it is counted.</summary>
    public RareCounts Rare => counts;

    /// <summary>The next step after a failed attempt is under way.</summary>
    /// <param name="context">Its plan stands at whoever is asked next.</param>
    /// <param name="from">Name of the provider that failed.</param>
    /// <param name="reason">What failed, as the log says it.</param>
    public void Moved(ProxyContext context, string from, string reason)
    {
        var to = context.Plan.Current.Target.Provider.Name;
        if (to == from)
        {
            counts.Add("gateway_retries_total", $"provider=\"{from}\",reason=\"{reason}\"");
        }
        else
        {
            counts.Add("gateway_failovers_total", $"from=\"{from}\",to=\"{to}\",reason=\"{reason}\"");
        }
    }

    /// <summary>The retry budget kept a request from being tried again.</summary>
    public void BudgetExhausted() => counts.Add("gateway_retry_budget_exhausted_total", "");
}
