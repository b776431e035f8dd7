using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Gateway.Core.Admission;
using Gateway.Core.Analysis;
using Gateway.Core.Errors;
using Gateway.Core.Failover;
using Gateway.Core.Randomness;
using Gateway.Core.Routing;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>How much may this client ask for? Its limits, its money, everybody's money; settled when the exchange ends. One per reactor.</summary>
internal sealed class Admittance(LoadState load, Chance chance)
{
    /// <summary>True if the gateway itself has room; else the client has been told to come again.</summary>
    public bool HasRoom(Exchange exchange, ProxyContext context)
    {
        if (load.Rung >= LoadRung.CloseConnections)
        {
            exchange.Response.CloseAfterwards();
        }

        if (load.Rung < LoadRung.Refuse && load.TryEnter(context.Snapshot.MaxInFlight))
        {
            context.Ticket.IsInside = true;
            return true;
        }

        context.Outcome = ExchangeOutcome.GatewayFault;
        RefusalWriter.WriteOverloaded(exchange, context, "The gateway has more to do than it can."u8, OverloadLadder.RetryAfterSeconds(chance.NextDouble()));
        return false;
    }

    /// <summary>True if the client may ask for this model, and has requests and tokens left; else it has been told why not.</summary>
    public static bool TryAdmit(Exchange exchange, ProxyContext context)
    {
        var client = context.Ticket.Client;
        if (client is null)
        {
            return true;
        }

        if (!client.MayUse(ModelAskedFor(context)))
        {
            RefusalWriter.RefuseClient(exchange, context, 403, Forbidden(context, client));
            return false;
        }

        return context.Endpoint != EndpointKind.Messages || TryEnterLimits(exchange, context, client);
    }

    /// <summary>What the client would be told instead of an answer, its rates apart; null if it would get one. Nothing is taken.</summary>
    public static string? Foresee(Exchange exchange, ProxyContext context)
    {
        var client = context.Ticket.Client;
        if (client is not null && !client.MayUse(ModelAskedFor(context)))
        {
            return Forbidden(context, client);
        }

        var budgets = context.Snapshot.Budgets;
        var now = exchange.Reactor.Time.GetUtcNow();
        if ((PriceOf(context)?.Estimate(context.Ticket.InputTokens, 1) ?? 0) == 0
            || Array.Find([client is null ? null : budgets.Of(client.Name), budgets.Total], budget => budget?.IsSpent(now) == true) is not { } spent)
        {
            return null;
        }

        context.Ticket.SpentRoute = InsteadOf(context, spent);
        return context.Ticket.SpentRoute is null ? SpentWords(spent, now) : null;
    }

    /// <summary>True if the client has requests and tokens left, which are then taken; else it has been told when to come again.</summary>
    public static bool TryEnterLimits(Exchange exchange, ProxyContext context, Client? client)
    {
        if (client?.Limits is not { } limits)
        {
            return true;
        }

        if (limits.TryEnter(context.Ticket.InputTokens, exchange.Reactor.NowMs, out var wait))
        {
            context.Ticket.HoldsLimits = true;
            return true;
        }

        context.Outcome = ExchangeOutcome.ClientFault;
        TellLimit(exchange, context, $"The limits of the client '{client.Name}' are used up for the moment.", wait);
        return false;
    }

    /// <summary>Reserves money for what the plan's first target may cost; false if there is none, and nobody takes over.</summary>
    public bool TryReserve(Exchange exchange, ProxyContext context)
    {
        var budgets = context.Snapshot.Budgets;
        if (budgets.All.IsEmpty || context.Endpoint != EndpointKind.Messages)
        {
            return true;
        }

        var output = SizesOf(context)?.Expect(Math.Max(0, context.Scanner.Result.MaxTokens)) ?? 0;
        var cost = PriceOf(context)?.Estimate(context.Ticket.InputTokens, output) ?? 0;
        var own = context.Ticket.Client is { } client ? budgets.Of(client.Name) : null;
        (context.Ticket.ClientBudget, context.Ticket.TotalBudget) = (own, budgets.Total);
        if (!Reserve(exchange, context, own, cost, out var ownLease))
        {
            return cost == 0 || TellSpent(exchange, context, own!);
        }

        context.Ticket.ClientLease = ownLease;
        if (!Reserve(exchange, context, budgets.Total, cost, out var totalLease))
        {
            return cost == 0 || TellSpent(exchange, context, budgets.Total!);
        }

        context.Ticket.TotalLease = totalLease;
        return true;
    }

    /// <summary>Gives back what was held, and books what was used. Each exchange comes here exactly once.</summary>
    public void Settle(Exchange exchange, ProxyContext context)
    {
        if (!context.Ticket.IsInside)
        {
            return;
        }

        context.Ticket.IsInside = false;
        load.Leave();
        var usage = context.Usage;
        if (context.Ticket.HoldsLimits)
        {
            context.Ticket.HoldsLimits = false;
            context.Ticket.Client!.Limits!.Leave(context.Ticket.InputTokens, usage, exchange.Reactor.NowMs);
        }

        context.Ticket.CostMicroUsd = PriceOf(context)?.Of(Billed(context, usage)) ?? 0;
        if (usage.Source == UsageSource.Final)
        {
            SizesOf(context)?.Add(usage.OutputTokens);
        }

        if (context.Ticket.ClientBudget is null && context.Ticket.TotalBudget is null)
        {
            return;
        }

        var now = exchange.Reactor.Time.GetUtcNow();
        context.Ticket.ClientBudget?.Settle(context.Ticket.ClientLease, context.Ticket.CostMicroUsd, now);
        context.Ticket.TotalBudget?.Settle(context.Ticket.TotalLease, context.Ticket.CostMicroUsd, now);
        context.Ticket.ClientBudget = context.Ticket.TotalBudget = null;
    }

    /// <summary>Says that a limit is used up, and for how long.</summary>
    public static void TellLimit(Exchange exchange, ProxyContext context, string message, long waitMs)
    {
        if (context.Seen == ClientView.Waiting)
        {
            var text = new ArrayBufferWriter<byte>(256);
            AnthropicError.WriteEvent(text, AnthropicErrorType.RateLimit, Encoding.UTF8.GetBytes(message), context.RequestId);
            exchange.Response.Write(text.WrittenSpan);
            exchange.Response.End();
            return;
        }

        Span<byte> seconds = stackalloc byte[10];
        _ = Utf8Formatter.TryFormat(RetryAfter.ForClient(waitMs), seconds, out var written);
        RefusalWriter.Write(exchange.Response, 429, Encoding.UTF8.GetBytes(message), context.RequestId, "retry-after"u8, seconds[..written]);
    }

    private static bool Reserve(Exchange exchange, ProxyContext context, Budget? budget, long cost, out BudgetLease lease)
    {
        lease = default;
        return budget is null
            || budget.TryReserve(cost, exchange.Reactor.Time.GetUtcNow(), exchange.Reactor.NowMs, context.Snapshot.RequestTimeoutMs, out lease);
    }

    // Who is written for that takes over, such as a local model, which costs nothing.
    private bool TellSpent(Exchange exchange, ProxyContext context, Budget spent)
    {
        if (!spent.IsSpent(exchange.Reactor.Time.GetUtcNow()))
        {
            // What is reserved for others mostly comes back: they use less than they may.
            context.Outcome = ExchangeOutcome.ClientFault;
            TellLimit(exchange, context, $"What is left of the budget '{spent.Name}' is reserved for requests under way.", OverloadLadder.RetryAfterSeconds(chance.NextDouble()) * 1_000L);
            return false;
        }

        context.Ticket.SpentRoute = InsteadOf(context, spent);
        if (context.Ticket.SpentRoute is not null)
        {
            return true;
        }

        RefuseSpent(exchange, context, spent);
        return false;
    }

    private static Route? InsteadOf(ProxyContext context, Budget spent) =>
        spent.Config.WhenSpent is { } name ? context.Snapshot.Routing.To(Encoding.UTF8.GetBytes(name)) : null;

    /// <summary>Says that the money is spent, and when there is some again.</summary>
    public static void RefuseSpent(Exchange exchange, ProxyContext context, Budget spent)
    {
        context.Outcome = ExchangeOutcome.ClientFault;
        RefusalWriter.Write(
            exchange.Response,
            400,
            Encoding.UTF8.GetBytes(SpentWords(spent, exchange.Reactor.Time.GetUtcNow())),
            context.RequestId,
            "x-should-retry"u8,
            "false"u8);
    }

    private static string SpentWords(Budget spent, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"The budget '{spent.Name}' is spent. There is money again at {spent.ResetsAt(now):yyyy-MM-dd'T'HH:mm:ss'Z'}.");

    private static string Forbidden(ProxyContext context, Client client) =>
        $"model: the client '{client.Name}' may not use '{Encoding.UTF8.GetString(ModelAskedFor(context))}'.";

    private static Price? PriceOf(ProxyContext context) => !context.Plan.HasCurrent
        ? null
        : context.Snapshot.Prices.Find(ModelOf(context)) ?? context.Plan.Current.Target.Provider.Prices.Of(ModelOf(context));

    private static OutputSizes? SizesOf(ProxyContext context) => !context.Plan.HasCurrent || context.Snapshot.Budgets.All.IsEmpty
        ? null
        : context.Plan.Current.Target.Provider.OutputSizes.For(StableHash.Of(ModelOf(context)));

    // As the provider calls it.
    private static ReadOnlySpan<byte> ModelOf(ProxyContext context)
    {
        var model = RouteChoice.ModelFor(context, context.Plan.Current.Target).Span;
        return model.IsEmpty ? context.Scanner.Result.Model : model[1..^1];
    }

    // Without the provider that the client put before it.
    private static ReadOnlySpan<byte> ModelAskedFor(ProxyContext context) =>
        context.ClientModel.IsEmpty ? context.Scanner.Result.Model : context.ClientModel.Span[1..^1];

    // Whoever was asked bills what it read, even if the client was gone before it could say so.
    private static Usage Billed(ProxyContext context, in Usage usage) =>
        usage.Source == UsageSource.None && context.Outcome == ExchangeOutcome.ClientAborted && context.Times.ConnectedAt != 0
            ? usage with { InputTokens = context.Ticket.InputTokens }
            : usage;
}
