using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>The fields at the top of gateway.json.</summary>
internal static class GatewayFields
{
    public static ConfigTable<GatewayConfig> Table { get; } = new()
    {
        { "$schema", FieldKinds.Word, _ => null, (c, _) => c,
            "For editors: where the schema of this file is. The gateway does not read it." },
        { "claude_gateway", ListenerFields.Table, c => c.Listener, (c, v) => c with { Listener = v },
            "Where the gateway listens, its limits and its clocks." },
        { "default_provider", FieldKinds.Word, c => c.DefaultProvider, (c, v) => c with { DefaultProvider = v! },
            "Name of the provider that answers where nothing else is said." },
        { "providers", new ProvidersKind(), c => c.Providers, (c, v) => c with { Providers = v },
            "Who can answer: an object from each provider's name to its fields." },
        { "routes", new RoutesKind(), c => [.. c.Routes.Where(route => !route.IsShortForm)], (c, v) => c with { Routes = v },
            "Which requests go where: the first route whose conditions hold takes the request." },
        { "thinking_provider", FieldKinds.Word, c => c.ShortRoutes.Thinking, (c, v) => c with { ShortRoutes = c.ShortRoutes with { Thinking = v } },
            "Provider (or `provider/model`) for requests that ask for thinking." },
        { "vision_provider", FieldKinds.Word, c => c.ShortRoutes.Vision, (c, v) => c with { ShortRoutes = c.ShortRoutes with { Vision = v } },
            "Provider for requests with images." },
        { "tools_provider", FieldKinds.Word, c => c.ShortRoutes.Tools, (c, v) => c with { ShortRoutes = c.ShortRoutes with { Tools = v } },
            "Provider for requests that offer tools." },
        { "background_provider", FieldKinds.Word, c => c.ShortRoutes.Background, (c, v) => c with { ShortRoutes = c.ShortRoutes with { Background = v } },
            "Provider for titles, classifications, searches and other small work beside the conversation." },
        { "long_context_provider", FieldKinds.Word, c => c.ShortRoutes.LongContext, (c, v) => c with { ShortRoutes = c.ShortRoutes with { LongContext = v } },
            "Provider for requests of at least `long_context_tokens`." },
        { "long_context_tokens", FieldKinds.Number(1, 100_000_000), c => c.ShortRoutes.LongContextTokens, (c, v) => c with { ShortRoutes = c.ShortRoutes with { LongContextTokens = v } },
            "What is long, in estimated input tokens." },
        { "clients", Named("the name of a client", new TableKind<ClientConfig>(ClientFields.Table, new ClientConfig())),
            c => [.. c.Clients.Select(client => KeyValuePair.Create(client.Name, client))],
            (c, v) => c with { Clients = [.. v.Select(entry => entry.Value with { Name = entry.Key })] },
            "Who may use the gateway, by name; without an entry everybody on this machine." },
        { "budgets", Named("the name of a client or total", new TableKind<BudgetConfig>(BudgetFields.Table, new BudgetConfig())),
            c => [.. c.Budgets.Select(budget => KeyValuePair.Create(budget.Name, budget))],
            (c, v) => c with { Budgets = [.. v.Select(entry => entry.Value with { Name = entry.Key })] },
            "How much money each client may spend, and all together (`total`)." },
        { "models", new MapKind<PriceConfig>(ModelNameRules.Pattern, ModelNameRules.IsPattern, new TableKind<PriceConfig>(PriceFields.Table, new PriceConfig())),
            c => c.Prices, (c, v) => c with { Prices = v },
            "What models cost, by the providers' names of them; exact names win over prefixes, longer prefixes over shorter ones." },
        { "passthrough", new PassthroughsKind(), c => c.Passthroughs, (c, v) => c with { Passthroughs = v },
            "Path prefixes that are relayed as plain HTTP." },
        { "otlp", OtlpFields.Table, c => c.Otlp, (c, v) => c with { Otlp = v },
            "Where metrics and traces are pushed to, for those who do not scrape." },
    };

    private static MapKind<TValue> Named<TValue>(string names, ConfigKind<TValue> item) =>
        new(names, name => name.Length > 0 && name.All(c => c is > ' ' and < '\x7f' and not '"'), item);
}
