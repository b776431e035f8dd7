using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Failover;
using Gateway.Core.Health;
using Gateway.Core.Selection;
using Gateway.Core.Telemetry;
using Gateway.Core.Translation.Errors;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Tells a client that nobody can serve its request: which capability is missing where, or until when all rest.</summary>
internal static class NobodyAnswer
{
    /// <summary>Writes the refusal; always false, for the caller to return.</summary>
    public static bool Refuse(Exchange exchange, ProxyContext context)
    {
        foreach (ref readonly var candidate in context.Plan.Candidates)
        {
            if (candidate.Exclusion == Exclusion.Health)
            {
                context.Outcome = ExchangeOutcome.ProviderFault;
                RefusalWriter.WriteOverloaded(exchange, context, "Every provider of this route is out of service."u8, RecoversIn(exchange, context));
                return false;
            }
        }

        context.Outcome = ExchangeOutcome.ClientFault;
        var isForbidden = true;
        foreach (ref readonly var candidate in context.Plan.Candidates)
        {
            isForbidden &= candidate.Exclusion == Exclusion.Client;
        }

        RefusalWriter.Write(exchange.Response, isForbidden ? 403 : 400, Encoding.UTF8.GetBytes(Message(context)), context.RequestId);
        return false;
    }

    /// <summary>What is missing where. A conversation that is too long comes first, in the words that make Claude Code compact it.</summary>
    public static string Message(ProxyContext context)
    {
        var window = 0;
        foreach (ref readonly var candidate in context.Plan.Candidates)
        {
            window = candidate.Exclusion == Exclusion.ContextWindow ? Math.Max(window, candidate.Facts.ContextWindow) : window;
        }

        var tooLong = window > 0 ? $"{Encoding.UTF8.GetString(ErrorBridge.TooLongWords(context.Ticket.InputTokens, window))}. " : "";
        return $"{tooLong}No provider of route '{context.Plan.Route!.Name}' can serve this request: {Reasons(context)}.";
    }

    private static string Reasons(ProxyContext context)
    {
        var reasons = new List<string>();
        foreach (ref readonly var candidate in context.Plan.Candidates)
        {
            reasons.Add($"{candidate.Target.Provider.Name} {Describe(candidate)}");
        }

        return reasons.Count == 0 ? "it has no targets" : string.Join("; ", reasons);
    }

    /// <summary>Why a candidate is not asked, in words.</summary>
    public static string Describe(in Candidate candidate) => candidate.Exclusion switch
    {
        Exclusion.None => "can serve it",
        Exclusion.Model => "does not serve the model",
        Exclusion.Abilities => $"lacks {string.Join(", ", Words(candidate.Missing))}",
        Exclusion.ContextWindow => $"takes at most {candidate.Facts.ContextWindow} tokens",
        Exclusion.OutputCap => $"gives at most {candidate.Facts.MaxOutputTokens} output tokens (max_tokens)",
        Exclusion.Client => "is not open to this client",
        _ => $"is {NameOf(candidate.State)}",
    };

    /// <summary>A state as it is written everywhere.</summary>
    public static string NameOf(HealthState state) => state switch
    {
        HealthState.CircuitOpen => "circuit_open",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>The words of the needs, as the configuration writes them.</summary>
    public static IEnumerable<string> Words(RequestNeeds needs) =>
        Enum.GetValues<RequestNeeds>()
            .Where(need => need != RequestNeeds.None && needs.HasFlag(need))
            .Select(need => need == RequestNeeds.ServerTools ? "server_tools" : need.ToString().ToLowerInvariant());

    private static int RecoversIn(Exchange exchange, ProxyContext context)
    {
        var now = exchange.Reactor.NowMs;
        var soonest = long.MaxValue;
        foreach (ref readonly var candidate in context.Plan.Candidates)
        {
            var key = candidate.Key.State;
            soonest = Math.Min(soonest, Math.Max(Math.Max(candidate.Circuit.OpenUntil, now), Math.Max(key.CoolingUntil, key.ExhaustedUntil)));
        }

        return RetryAfter.ForClient(soonest == long.MaxValue ? RetryAfter.MostSecondsForClient * 1000 : soonest - now);
    }
}
