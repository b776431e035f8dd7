using Gateway.Core.Schema;
using Gateway.Core.Translation;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of a provider's <c>quirks</c>: how a server of an OpenAI dialect differs from others.</summary>
internal static class QuirkFields
{
    private static readonly ConfigKind<bool> MaxTokensFields = new WordKind<bool>([("max_tokens", false), ("max_completion_tokens", true)]);

    private static readonly ConfigKind<bool> Pdfs = new WordKind<bool>([("none", false), ("file_part", true)]);

    private static readonly ConfigKind<ToolImages> Images = new WordKind<ToolImages>(
        [("followup", ToolImages.Followup), ("inline", ToolImages.Inline), ("drop", ToolImages.Drop)]);

    private static readonly ConfigKind<string> EffortLevel = OneOf("none", "minimal", "low", "medium", "high", "xhigh", "max");

    private static readonly ConfigKind<ReasoningReplay> Replays = new WordKind<ReasoningReplay>(
    [
        ("never", ReasoningReplay.Never),
        ("reasoning_content", ReasoningReplay.ReasoningContent),
        ("reasoning", ReasoningReplay.Reasoning),
        ("reasoning_details", ReasoningReplay.ReasoningDetails),
        ("encrypted", ReasoningReplay.Encrypted),
    ]);

    private static readonly ConfigKind<bool> Policies = new WordKind<bool>([("own", false), ("always", true)]);

    private static readonly ConfigKind<StructuredOutputs> Outputs = new WordKind<StructuredOutputs>(
        [("none", StructuredOutputs.None), ("json_object", StructuredOutputs.JsonObject), ("json_schema", StructuredOutputs.JsonSchema)]);

    private static readonly ConfigKind<SessionField> SessionFields = new WordKind<SessionField>(
        [("none", SessionField.None), ("x-session-id", SessionField.SessionId), ("x-session-affinity", SessionField.SessionAffinity)]);

    private static readonly ConfigKind<bool> Losses = new WordKind<bool>([("drop", false), ("refuse", true)]);

    private static readonly ConfigKind<bool> MidSystems = new WordKind<bool>([("system", true), ("user", false)]);

    /// <summary>One level of effort.</summary>
    public static ConfigKind<string> Level => EffortLevel;

    /// <summary>The words for how a provider is asked to think.</summary>
    public static (string Word, ReasoningRequest Value)[] ReasoningRequests =>
    [
        ("none", ReasoningRequest.None),
        ("effort", ReasoningRequest.Effort),
        ("openrouter", ReasoningRequest.OpenRouter),
        ("zai", ReasoningRequest.Zai),
        ("deepseek", ReasoningRequest.DeepSeek),
        ("adaptive", ReasoningRequest.Adaptive),
        ("thinking_token_budget", ReasoningRequest.ThinkingTokenBudget),
        ("thinking_budget", ReasoningRequest.ThinkingBudget),
        ("thinking_budget_tokens", ReasoningRequest.ThinkingBudgetTokens),
    ];

    private static ConfigTable<DialectProfile> Extras { get; } = new()
    {
        { "user_field", Flag, c => c.UserField, (c, v) => c with { UserField = v },
            "It takes `user`." },
        { "prompt_cache_key", Flag, c => c.PromptCacheKey, (c, v) => c with { PromptCacheKey = v },
            "It takes `prompt_cache_key`, too, where it takes `user`." },
        { "service_tier", Flag, c => c.ServiceTier, (c, v) => c with { ServiceTier = v },
            "It takes `service_tier`: `standard_only` is its `default`." },
        { "session_header", SessionFields, c => c.SessionField, (c, v) => c with { SessionField = v },
            "The header field by which the requests of a conversation meet the same prompt cache; it holds a hash." },
        { "stop", Flag, c => c.Stop, (c, v) => c with { Stop = v },
            "It takes stop sequences." },
        { "stop_while_thinking", Flag, c => c.StopWhileThinking, (c, v) => c with { StopWhileThinking = v },
            "It takes them where thinking is asked for, too; else they could end the thinking (vLLM)." },
        { "sampling", Flag, c => c.Sampling, (c, v) => c with { Sampling = v },
            "It takes `temperature` and `top_p`." },
        { "top_k", Flag, c => c.TopK, (c, v) => c with { TopK = v },
            "It takes `top_k`." },
        { "cache_control_models", new ListKind<string>(Word!), c => c.CacheControlModels, (c, v) => c with { CacheControlModels = v },
            "Models that are told by `cache_control` on texts what to cache, at most four times: a name, or the beginning of one and `*`." },
        { "cache_breakpoint_models", new ListKind<string>(Word!), c => c.CacheBreakpointModels, (c, v) => c with { CacheBreakpointModels = v },
            "Models that are told by `prompt_cache_breakpoint` on the last marked text where the lasting part of the prompt ends." },
    };

    /// <summary>All of them.</summary>
    public static ConfigTable<DialectProfile> Table { get; } = new()
    {
        { "max_tokens_field", MaxTokensFields, c => c.UsesMaxCompletionTokens, (c, v) => c with { UsesMaxCompletionTokens = v },
            "The field that limits the answer." },
        { "pdf", Pdfs, c => c.PdfFileParts, (c, v) => c with { PdfFileParts = v },
            "How it takes PDF files." },
        { "tool_images", Images, c => c.ToolImages, (c, v) => c with { ToolImages = v },
            "Where images of tool results go: into a message behind them, into them, or nowhere." },
        { "reasoning_request", new WordKind<ReasoningRequest>(ReasoningRequests), c => c.ReasoningRequest, (c, v) => c with { ReasoningRequest = v },
            "How it is asked to think." },
        { "effort_levels", new ListKind<string>(EffortLevel), c => c.EffortLevels, (c, v) => c with { EffortLevels = v },
            "The levels of effort it knows, weakest first." },
        { "reasoning_replay", Replays, c => c.ReasoningReplay, (c, v) => c with { ReasoningReplay = v },
            "How it wants its reasoning back in the next turn." },
        { "reasoning_replay_policy", Policies, c => c.ReplaysForeignReasoning, (c, v) => c with { ReplaysForeignReasoning = v },
            "Whether it wants reasoning of others too, and the field even when it is empty." },
        { "think_tags", Flag, c => c.ThinkTags, (c, v) => c with { ThinkTags = v },
            "Its text may hold `<think>` tags." },
        { "reasoning_split", Flag, c => c.ReasoningSplit, (c, v) => c with { ReasoningSplit = v },
            "It is asked for reasoning apart from the text (MiniMax)." },
        { "tool_stream", Flag, c => c.ToolStream, (c, v) => c with { ToolStream = v },
            "It is asked for tool arguments in pieces (Z.AI)." },
        { "tool_choice_required", Flag, c => c.ToolChoiceRequired, (c, v) => c with { ToolChoiceRequired = v },
            "It can be made to call a tool." },
        { "parallel_tool_calls", Flag, c => c.ParallelToolCalls, (c, v) => c with { ParallelToolCalls = v },
            "It knows the field `parallel_tool_calls`." },
        { "signed_calls", Flag, c => c.SignedCalls, (c, v) => c with { SignedCalls = v },
            "It takes back no call without a signature: each first one of a message bears Google's word for a call of others (Gemini)." },
        { "strict_tools", Flag, c => c.StrictTools, (c, v) => c with { StrictTools = v },
            "It takes `strict` tools." },
        { "structured_outputs", Outputs, c => c.StructuredOutputs, (c, v) => c with { StructuredOutputs = v },
            "How it is made to answer in JSON." },
        { "on_loss", Losses, c => c.RefusesLoss, (c, v) => c with { RefusesLoss = v },
            "What becomes of a request of which something would be lost: it goes without that, or is refused with 400." },
        { "mid_system", MidSystems, c => c.MidSystem, (c, v) => c with { MidSystem = v },
            "What a system message in mid-conversation becomes." },
        { Extras },
    };
}
