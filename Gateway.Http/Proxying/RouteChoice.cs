using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Core.Analysis;
using Gateway.Core.Providers;
using Gateway.Core.Randomness;
using Gateway.Core.Routing;
using Gateway.Core.Selection;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Finds the route of a request and who is asked on it. One per reactor.</summary>
internal sealed class RouteChoice(Chance chance)
{
    private readonly ProviderSelector _selector = new(chance);

    // As the list of models writes names that Claude Code would not show.
    private static ReadOnlySpan<byte> Alias => "claude-gateway/"u8;

    /// <summary>Fills the plan; false if nobody can be asked, and then a refusal has been written.</summary>
    public bool TryChoose(Exchange exchange, ProxyContext context)
    {
        var scanned = context.Scanner.Result;
        var client = context.Ticket.Client is { } known ? known.NameUtf8.Span : default;
        var traits = new RequestTraits(scanned, context.Fields, client);
        context.Ticket.InputTokens = traits.InputTokens;
        context.Kind = traits.Kind;
        context.Hints.Read(context.Fields);
        var model = traits.Model;
        var route = context.Ticket.SpentRoute ?? Named(exchange, context, ref model);
        if (route is null && exchange.Response.HasStarted)
        {
            return false;
        }

        var isNamed = route is not null;
        context.ClientModel = isNamed && model.Length != scanned.Model.Length ? Token(model) : default;
        route ??= context.Snapshot.Routing.Match(traits);
        var isDry = Explanation.IsAsked(exchange, context);
        context.Conversation = route.IsSticky ? ConversationKey.Of(context.Scanner.Result, context.Fields, context.Body) : 0;
        RequestFit.NoteSignatures(exchange, context);
        var request = new SelectionRequest
        {
            Traits = isNamed ? traits with { Model = model } : traits,
            Conversation = context.Conversation,
            IsCompacted = IsCompacted(context, route, isDry),
            IsDry = isDry,
            ModelHash = StableHash.Of(model),
            Client = context.Ticket.Client,
            Prices = context.Snapshot.Prices,
            NowMs = exchange.Reactor.NowMs,
        };
        _selector.Plan(route, request, context.Snapshot.Conversations, context.Plan);
        if (isNamed)
        {
            context.Plan.Reason = context.Ticket.SpentRoute is null ? ChoiceReason.Named : ChoiceReason.Budget;
        }

        return context.Plan.HasCurrent || isDry || NobodyAnswer.Refuse(exchange, context);
    }

    /// <summary>What the current provider is asked for: the route's model, or the client's by the provider's map; empty to leave it as it is.</summary>
    public static ReadOnlyMemory<byte> ModelFor(ProxyContext context, RouteTarget target)
    {
        if (!target.ModelToken.IsEmpty)
        {
            return target.ModelToken;
        }

        var client = context.ClientModel;
        var name = client.IsEmpty ? context.Scanner.Result.Model : client.Span[1..^1];
        return target.Provider.ModelMap.TryMap(name, out var mapped) ? mapped : client;
    }

    /// <summary>The route to the provider that stands before a model's name, and the name without it; null if none does.</summary>
    public static Route? ToNamed(RoutingTable routing, ref ReadOnlySpan<byte> model)
    {
        var plain = model.StartsWith(Alias) ? model[Alias.Length..] : model;
        var cut = plain.IndexOfAny((byte)'/', (byte)',');
        if (cut > 0 && cut + 1 < plain.Length && routing.To(plain[..cut]) is { } named)
        {
            model = plain[(cut + 1)..];
            return named;
        }

        return null;
    }

    /// <summary>Who is likely to be asked about a model that the client names, and by which name: routes may know better.</summary>
    public static Provider Likely(RoutingTable routing, ref ReadOnlySpan<byte> model) =>
        ToNamed(routing, ref model)?.Targets[0].Provider ?? routing.ProviderFor(model);

    // The client may name a provider: by a header field, or before the model.
    private static Route? Named(Exchange exchange, ProxyContext context, ref ReadOnlySpan<byte> model)
    {
        var routing = context.Snapshot.Routing;
        if (context.Fields.TryGet("x-gateway-provider"u8, out var name))
        {
            if (routing.To(name) is { } route)
            {
                // The model may name it once more.
                var plain = model;
                model = ToNamed(routing, ref plain) == route ? plain : model;
                return route;
            }

            RefusalWriter.RefuseClient(exchange, context, 400, $"x-gateway-provider: there is no provider '{Encoding.UTF8.GetString(name)}'; configured are {Names(context)}.");
            return null;
        }

        return ToNamed(routing, ref model);
    }

    // No cache holds anything of use for it then.
    private static bool IsCompacted(ProxyContext context, Route route, bool isDry)
    {
        if (!context.Fields.TryGet("x-claude-code-context-compacted"u8, out _))
        {
            return false;
        }

        if (!isDry)
        {
            context.Snapshot.Conversations.Forget(context.Conversation, route.Hash);
        }

        return true;
    }

    private static byte[] Token(ReadOnlySpan<byte> model) =>
        Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(model, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");

    private static string Names(ProxyContext context) => string.Join(", ", context.Snapshot.Providers.Select(provider => provider.Name));
}
