using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of one entry of <c>providers</c>.</summary>
internal static class ProviderFields
{
    private static readonly ConfigKind<Dialect> Dialects = new WordKind<Dialect>(
        [("anthropic", Dialect.Anthropic), ("openai", Dialect.OpenAi), ("openai-responses", Dialect.OpenAiResponses)]);

    private static readonly ConfigKind<AuthKind> Auths = new WordKind<AuthKind>(
        [("x-api-key", AuthKind.XApiKey), ("bearer", AuthKind.Bearer), ("client", AuthKind.Client), ("none", AuthKind.None)]);

    private static readonly ConfigKind<string?> OneOfPresets = new WordKind<string?>([.. ProviderPresets.Names.Select(name => (name, (string?)name))]);

    public static ConfigTable<ProviderConfig> Table { get; } = new()
    {
        { "preset", OneOfPresets, c => c.Preset, (c, v) => c with { Preset = v },
            "The vendor whose base URL, dialect, models and quirks are taken where nothing else is written. An entry named like a vendor needs none." },
        { "dialect", Dialects, c => c.Dialect, (c, v) => c with { Dialect = v },
            "The API it speaks: Anthropic's Messages, OpenAI's Chat Completions or OpenAI's Responses." },
        { "base_url", BaseUrl, c => c.BaseUrl, (c, v) => c with { BaseUrl = v },
            "Where it is, as the vendor's own SDK takes it: the part before `/v1/messages`, or before `/chat/completions`. The provider named `anthropic` knows its own; the one named `synthetic` is built in without one." },
        { "api_key", SecretReference.Kind, c => c.KeyReference, (c, v) => c with { KeyReference = v },
            "Its key: `${NAME}` takes it from the environment." },
        { "keys", new ListKind<KeyConfig>(new TableKind<KeyConfig>(KeyFields.Table, new KeyConfig())), c => c.Keys, (c, v) => c with { Keys = v },
            "Several keys instead of `api_key`." },
        { "auth", Auths, c => c.Auth, (c, v) => c with { Auth = v },
            "How the key is sent: as `x-api-key` or `authorization: Bearer`; `client` passes the client's own credential instead, `none` sends none." },
        { "quirks", QuirkFields.Table, c => c.Profile, (c, v) => c with { Profile = v },
            "How a server of an OpenAI dialect differs from others." },
        { "models", new ListKind<string>(ModelNameRules.PatternKind!), c => c.Models, (c, v) => c with { Models = v },
            "The models it serves. Without a list it serves every model, but only as the `default_provider`." },
        { "model_map", new MapKind<string>(ModelNameRules.Pattern, ModelNameRules.IsPattern, ModelNameRules.NameKind!), c => c.ModelMap, (c, v) => c with { ModelMap = v },
            "From the client's names of models to the provider's. Exact names win over prefixes, longer prefixes over shorter ones." },
        { "model_facts", new MapKind<ModelConfig>(ModelNameRules.Pattern, ModelNameRules.IsPattern, new TableKind<ModelConfig>(ModelFields.Table, new ModelConfig())),
            c => c.ModelFacts, (c, v) => c with { ModelFacts = v },
            "What is different about some of its models, by its own names of them. Exact names win over prefixes, longer prefixes over shorter ones." },
        { "enabled", Flag, c => c.Enabled, (c, v) => c with { Enabled = v },
            "It takes part." },
        { "local", Flag, c => c.Local, (c, v) => c with { Local = v },
            "It is a server of your own: plain `http://` is allowed, and a link-local address." },
        { "ca_file", FilePath, c => c.CaFile, (c, v) => c with { CaFile = v },
            "PEM file of the authorities to trust instead of the system's." },
        { AbilityFields.Table },
        { "priority_score", Number(0, 1_000_000), c => c.PriorityScore, (c, v) => c with { PriorityScore = v },
            "Of several that name a model, the one with the highest score answers; of equals the first in the file." },
        { "max_concurrent_requests", Number(0, 1_000_000), c => c.MaxConcurrentRequests, (c, v) => c with { MaxConcurrentRequests = v },
            "Exchanges at a time, all keys together; 0 for no limit. More wait in the order they came." },
        { LimitFields.Rates<ProviderConfig>(c => c.Limits, (c, v) => c with { Limits = v }) },
        { "count_cache_reads", Flag, c => c.Limits.CountsCacheReads, (c, v) => c with { Limits = c.Limits with { CountsCacheReads = v } },
            "Its limits, and those of its keys, count what was read from the prompt cache too: most vendors' do not." },
        { PriceFields.For<ProviderConfig>(c => c.Price, (c, v) => c with { Price = v }) },
        { "prices", new MapKind<PriceConfig>(ModelNameRules.Pattern, ModelNameRules.IsPattern, new TableKind<PriceConfig>(PriceFields.Table, new PriceConfig())),
            c => c.Prices, (c, v) => c with { Prices = v },
            "What its models cost, by its own names of them; exact names win over prefixes, longer prefixes over shorter ones. A vendor's list prices come with its preset." },
        { ClockFields.Table },
    };
}
