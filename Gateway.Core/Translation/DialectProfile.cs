namespace Gateway.Core.Translation;

/// <summary>How images inside a tool's result reach a provider.</summary>
public enum ToolImages : byte
{
    /// <summary>In a user message behind the results.</summary>
    Followup,

    /// <summary>Inside the tool message.</summary>
    Inline,

    /// <summary>Not at all; a text stands in their place.</summary>
    Drop,
}

/// <summary>How a provider is asked to think.</summary>
public enum ReasoningRequest : byte
{
    /// <summary>It can't be asked.</summary>
    None,

    /// <summary><c>reasoning_effort</c>.</summary>
    Effort,

    /// <summary><c>reasoning: { effort | enabled | max_tokens }</c>.</summary>
    OpenRouter,

    /// <summary><c>thinking: { type }</c>, and <c>reasoning_effort</c> where <see cref="DialectProfile.EffortLevels"/> names levels.</summary>
    Zai,

    /// <summary><c>thinking: { type }</c> and <c>reasoning_effort</c>.</summary>
    DeepSeek,

    /// <summary><c>thinking: { type: adaptive }</c> (MiniMax).</summary>
    Adaptive,

    /// <summary><c>thinking_token_budget</c>, tokens (vLLM).</summary>
    ThinkingTokenBudget,

    /// <summary><c>thinking_budget</c>, tokens (Qwen, SGLang).</summary>
    ThinkingBudget,

    /// <summary><c>thinking_budget_tokens</c>, tokens (llama.cpp).</summary>
    ThinkingBudgetTokens,
}

/// <summary>How a provider wants its own reasoning back in the next turn.</summary>
public enum ReasoningReplay : byte
{
    /// <summary>Not at all.</summary>
    Never,

    /// <summary>As <c>reasoning_content</c> of the assistant's message.</summary>
    ReasoningContent,

    /// <summary>As <c>reasoning</c> of the assistant's message (vLLM).</summary>
    Reasoning,

    /// <summary>As the <c>reasoning_details</c> it sent.</summary>
    ReasoningDetails,

    /// <summary>As reasoning items with their encrypted content (Responses).</summary>
    Encrypted,
}

/// <summary>The field that tells a provider which requests belong together, so that they meet the same prompt cache.</summary>
public enum SessionField : byte
{
    /// <summary>It wants none.</summary>
    None,

    /// <summary><c>x-session-id</c> (OpenRouter).</summary>
    SessionId,

    /// <summary><c>x-session-affinity</c> (Fireworks).</summary>
    SessionAffinity,
}

/// <summary>How a model is told what of a prompt to cache.</summary>
public enum CacheMarks : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>cache_control</c> on texts, as Anthropic has it (OpenRouter).</summary>
    CacheControl,

    /// <summary><c>prompt_cache_breakpoint</c> on the last marked text (OpenAI).</summary>
    Breakpoint,
}

/// <summary>What a provider can do about structured output.</summary>
public enum StructuredOutputs : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Any JSON object; the schema goes into the prompt.</summary>
    JsonObject,

    /// <summary>A JSON schema.</summary>
    JsonSchema,
}

/// <summary>What a provider of an OpenAI dialect takes and how it wants it: plain data, from a preset or the configuration. Immutable.</summary>
public sealed record DialectProfile
{
    /// <summary>The limit of output tokens goes into <c>max_completion_tokens</c> instead of <c>max_tokens</c>.</summary>
    public bool UsesMaxCompletionTokens { get; init; }

    /// <summary>Most output tokens it takes; 0 for no limit.</summary>
    public long MaxOutputTokens { get; init; }

    /// <summary>It takes images.</summary>
    public bool Vision { get; init; } = true;

    /// <summary>It takes PDF files as <c>file</c> parts.</summary>
    public bool PdfFileParts { get; init; }

    /// <summary>Images inside tool results.</summary>
    public ToolImages ToolImages { get; init; }

    /// <summary>How it is asked to think.</summary>
    public ReasoningRequest ReasoningRequest { get; init; }

    /// <summary>Levels of effort it knows, weakest first, of <c>none, minimal, low, medium, high, xhigh, max</c>; empty for low, medium, high.</summary>
    public IReadOnlyList<string> EffortLevels { get; init; } = [];

    /// <summary>How it wants its own reasoning back.</summary>
    public ReasoningReplay ReasoningReplay { get; init; }

    /// <summary>It wants any reasoning back, another provider's too, and the field even when it is empty.</summary>
    public bool ReplaysForeignReasoning { get; init; }

    /// <summary>Its text may hold <c>&lt;think&gt;</c> tags.</summary>
    public bool ThinkTags { get; init; }

    /// <summary>MiniMax: <c>reasoning_split</c> asks for reasoning apart from the text.</summary>
    public bool ReasoningSplit { get; init; }

    /// <summary>Z.AI: <c>tool_stream</c> asks for arguments in pieces.</summary>
    public bool ToolStream { get; init; }

    /// <summary>It knows <c>tool_choice: "required"</c> and a named tool.</summary>
    public bool ToolChoiceRequired { get; init; } = true;

    /// <summary>It knows <c>parallel_tool_calls</c>.</summary>
    public bool ParallelToolCalls { get; init; } = true;

    /// <summary>It knows <c>stop</c>.</summary>
    public bool Stop { get; init; } = true;

    /// <summary>It knows <c>stop</c> while it thinks, too: vLLM's ends thinking as well as the answer.</summary>
    public bool StopWhileThinking { get; init; } = true;

    /// <summary>It knows <c>temperature</c> and <c>top_p</c>.</summary>
    public bool Sampling { get; init; } = true;

    /// <summary>It knows <c>top_k</c>.</summary>
    public bool TopK { get; init; }

    /// <summary>It knows <c>strict</c> tools.</summary>
    public bool StrictTools { get; init; }

    /// <summary>Structured output.</summary>
    public StructuredOutputs StructuredOutputs { get; init; } = StructuredOutputs.JsonSchema;

    /// <summary>It takes <c>user</c>.</summary>
    public bool UserField { get; init; }

    /// <summary>Gemini 3: it refuses calls in the conversation that bear no signature.</summary>
    public bool SignedCalls { get; init; }

    /// <summary>It takes <c>prompt_cache_key</c> where it takes <c>user</c>.</summary>
    public bool PromptCacheKey { get; init; } = true;

    /// <summary>It takes <c>service_tier</c>.</summary>
    public bool ServiceTier { get; init; }

    /// <summary>The field that ties the requests of a conversation together.</summary>
    public SessionField SessionField { get; init; }

    /// <summary>What would be lost of a request refuses it; else it is left out, and named.</summary>
    public bool RefusesLoss { get; init; }

    /// <summary>A system message in mid-conversation stays one; else it becomes a user message.</summary>
    public bool MidSystem { get; init; } = true;

    /// <summary>The model's context window, tokens; 0 if unknown.</summary>
    public long ContextWindow { get; init; }

    /// <summary>Models whose prompt cache goes by <c>cache_control</c>, as patterns: <c>anthropic/*</c>. For all others it is dropped.</summary>
    public IReadOnlyList<string> CacheControlModels { get; init; } = [];

    /// <summary>Models that are told by one <c>prompt_cache_breakpoint</c> where the lasting part of the prompt ends, as patterns: <c>gpt-5.6*</c>.</summary>
    public IReadOnlyList<string> CacheBreakpointModels { get; init; } = [];

    /// <summary>What becomes of marks for the prompt cache where the model that is asked goes by them.</summary>
    public CacheMarks Marks { get; init; }
}
