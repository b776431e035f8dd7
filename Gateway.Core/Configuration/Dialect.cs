namespace Gateway.Core.Configuration;

/// <summary>The API that a provider speaks.</summary>
public enum Dialect : byte
{
    /// <summary>Anthropic's Messages API.</summary>
    Anthropic,

    /// <summary>OpenAI's Chat Completions API.</summary>
    OpenAi,

    /// <summary>OpenAI's Responses API.</summary>
    OpenAiResponses,
}
