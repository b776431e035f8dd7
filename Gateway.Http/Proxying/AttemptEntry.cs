using Gateway.Core.Providers;
using Gateway.Core.Selection;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Lets an attempt in: a half-open circuit takes one request, and a limit so many a minute; the others go on to somebody else.</summary>
internal static class AttemptEntry
{
    /// <summary>Begins with the next of the plan who may be asked. False: all limits are used up, and the client was told.</summary>
    public static bool TryBegin(Exchange exchange, ProxyContext context)
    {
        long wait;
        while (!TryEnter(exchange, context, out wait) && context.Plan.HasNext)
        {
            context.Plan.Advance();
        }

        if (wait > 0)
        {
            context.Outcome = ExchangeOutcome.ProviderFault;
            Admittance.TellLimit(exchange, context, "The configured limits of every provider of this route are used up for the moment.", wait);
            return false;
        }

        var target = context.Plan.Current.Target;
        context.EnterProvider(target.Provider);
        context.ModelToken = RouteChoice.ModelFor(context, target);
        context.Held.MayHold = context.Plan.HasNext && context.Endpoint == EndpointKind.Messages;
        context.Held.IsHeld = false;
        context.RetryAfterMs = -1;
        context.ShouldRetry = null;
        context.Times.Ask(exchange.Reactor.Time.GetTimestamp());
        context.Trace.BeginAttempt(exchange, context);
        context.Lease.Begin();
        context.Clock.Begin();
        return true;
    }

    // A wait above 0: a limit stands against it. No wait, and yet false: its circuit does, which a last resort may ignore.
    private static bool TryEnter(Exchange exchange, ProxyContext context, out long waitMs)
    {
        ref readonly var candidate = ref context.Plan.Current;
        var now = exchange.Reactor.NowMs;
        waitMs = 0;
        if (context.Chat.Refusal is not null && context.Plan.HasNext && !context.Chat.IsFor(candidate.Target.Provider))
        {
            return false;
        }

        var isReady = candidate.Circuit.TryEnter(now);
        if (!isReady && context.Plan.HasNext)
        {
            return false;
        }

        var provider = candidate.Target.Provider;
        context.LeaveProvider();
        context.Key = KeyChoice.For(provider, context.Plan.KeySeed, context.Plan.Warm, now);
        if (context.Ticket.Attempt.TryEnter(provider, context.Key, context.Ticket.InputTokens, now, out waitMs) || TryOtherKeys(context, provider, now, ref waitMs))
        {
            return isReady;
        }

        candidate.Circuit.Abandoned();
        return false;
    }

    // Limits are those of a group: another may have room while this one is used up.
    private static bool TryOtherKeys(ProxyContext context, Provider provider, long now, ref long waitMs)
    {
        foreach (var key in provider.Keys)
        {
            if (key.State != context.Key!.State && key.IsReady(now)
                && context.Ticket.Attempt.TryEnter(provider, key, context.Ticket.InputTokens, now, out var wait))
            {
                (context.Key, waitMs) = (key, wait);
                return true;
            }
        }

        return false;
    }
}
