using Gateway.Core.Configuration;
using Gateway.Core.Failover;
using Gateway.Core.Providers;
using Gateway.Core.Randomness;
using Gateway.Core.Selection;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Tells the providers' health what happened. Only what a provider did counts, and only for messages: other endpoints say nothing about a model.</summary>
internal sealed class HealthFeed(GatewayEvents events, RareCounts counts, Chance chance)
{
    private const long OverloadMs = 1_000;
    private const long CoolingMs = 5_000;

    /// <summary>An attempt failed before anything was relayed.</summary>
    public void Failed(Exchange exchange, ProxyContext context, FaultKind fault, AttemptOutcome outcome)
    {
        if (fault is FaultKind.ClientLeft or FaultKind.DeadlineOver || outcome.WasQueued || context.Endpoint != EndpointKind.Messages)
        {
            context.Plan.Current.Circuit.Abandoned();
            return;
        }

        var now = exchange.Reactor.NowMs;
        var provider = context.Provider!;
        switch (fault)
        {
            case FaultKind.RateLimited:
                context.Key!.State.Cool(now + (context.RetryAfterMs >= 0 ? context.RetryAfterMs : CoolingMs));
                context.Plan.Current.Circuit.Abandoned();
                break;
            case FaultKind.MoneyGone:
                context.Key!.State.Exhaust(context.RetryAfterMs > 0 ? now + context.RetryAfterMs : long.MaxValue);
                context.Plan.Current.Circuit.Abandoned();
                break;
            case FaultKind.KeyRefused when !provider.ForwardsClientCredential && context.Key!.Value is not null:
                context.Key!.Refuse();
                context.Plan.Current.Circuit.Abandoned();
                break;
            case FaultKind.Refused or FaultKind.TooLong or FaultKind.UnknownField or FaultKind.KeyRefused:
                context.Plan.Current.Circuit.Succeeded(now);
                return;
            case FaultKind.Forbidden:
                context.Plan.Current.Circuit.Succeeded(now);
                break;
            default:
                Fail(context, fault, now);
                break;
        }

        if (fault is FaultKind.RateLimited or FaultKind.MoneyGone or FaultKind.KeyRefused || context.Plan.Current.Circuit.OpenUntil > now)
        {
            counts.Add("gateway_cooldowns_total", $"provider=\"{provider.Name}\",reason=\"{NameOf(fault, context)}\"");
        }

        Report(provider, context, fault, outcome);
    }

    private void Fail(ProxyContext context, FaultKind fault, long now)
    {
        var isOverload = fault == FaultKind.Overloaded;
        var pause = isOverload && context.RetryAfterMs > OverloadMs ? context.RetryAfterMs : -1;
        context.Plan.Current.Circuit.Failed(now, pause, chance.NextDouble());
        if (isOverload)
        {
            context.Provider!.State.Overloaded(now, context.RetryAfterMs, chance.NextDouble());
        }
    }

    /// <summary>An answer was relayed, to its end or not.</summary>
    public void Relayed(Exchange exchange, ProxyContext context)
    {
        var now = exchange.Reactor.NowMs;
        var circuit = context.Plan.Current.Circuit;
        if (context.Endpoint != EndpointKind.Messages || context.Outcome == ExchangeOutcome.ClientAborted)
        {
            circuit.Abandoned();
            return;
        }

        if (context.Outcome == ExchangeOutcome.ProviderFault)
        {
            circuit.Failed(now, -1, chance.NextDouble());
            Report(context.Provider!, context, FaultKind.Cut, new AttemptOutcome(AttemptEnd.ResponseTruncated));
            return;
        }

        circuit.Succeeded(now);
        context.Provider!.State.Answered();
        if (!context.Key!.IsReady(now))
        {
            // Asked as a last resort, and it served: whatever was held against its key is over.
            context.Key.Reset();
        }

        NoteLatency(exchange, context, now);
        Remember(context, now);
    }

    // The head of an answer in one piece comes when all of it is written: better than nothing, where nothing else is known.
    private static void NoteLatency(Exchange exchange, ProxyContext context, long now)
    {
        var times = context.Times;
        var latency = context.Provider!.State.FirstContent;
        if (context.Scanner.Result.IsStreaming && times.FirstContentAt != 0)
        {
            latency.Add(exchange.Reactor.Time.GetElapsedTime(times.AskedAt, times.FirstContentAt).TotalMilliseconds, now);
        }
        else
        {
            latency.Expect(exchange.Reactor.Time.GetElapsedTime(times.AskedAt, times.FirstByteAt).TotalMilliseconds, now);
        }
    }

    // What the cache holds there now; and what was lost if it holds it somewhere else. A title or a probe has a prompt of its own.
    private static void Remember(ProxyContext context, long now)
    {
        if (context.Conversation == 0 || context.Kind == RequestKind.Auxiliary)
        {
            return;
        }

        var conversations = context.Snapshot.Conversations;
        var (usage, provider, group) = (context.Usage, context.Provider!.Hash, context.Key!.GroupHash);
        if (conversations.TryFindLast(context.Conversation, now, out var before) && !before.IsAt(provider, group))
        {
            context.CacheLost = before.Tokens;
        }

        conversations.Note(
            context.Conversation,
            context.Plan.Route!.Hash,
            new PromptCache(provider, group, Math.Max(0, usage.CacheReadInputTokens) + Math.Max(0, usage.CacheCreationInputTokens)),
            now,
            context.Hints.KeepsCacheLong ? ConversationMemory.LongWarmMs : ConversationMemory.WarmMs);
    }

    private void Report(Provider provider, ProxyContext context, FaultKind fault, AttemptOutcome outcome) =>
        events.ProviderFailed(provider.Name, context.RequestId, outcome.IsAnswered ? NameOf(fault, context) : outcome.Reason);

    /// <summary>A fault as logs and metrics name it.</summary>
    public static string NameOf(FaultKind fault, ProxyContext context) => fault switch
    {
        FaultKind.RateLimited => "rate_limited",
        FaultKind.MoneyGone => "exhausted",
        FaultKind.Overloaded => "overloaded",
        FaultKind.KeyRefused => "key_refused",
        FaultKind.Forbidden => "forbidden",
        FaultKind.Busy => "queue_timeout",
        FaultKind.KeyBusy => "key_queue_timeout",
        FaultKind.Silent => context.Clock.HasRung ? context.Clock.End == AttemptEnd.HeadTimedOut ? "head_timeout" : "content_timeout" : "timeout",
        FaultKind.Cut => "cut",
        _ => "server_error",
    };
}
