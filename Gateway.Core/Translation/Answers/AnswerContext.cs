using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Answers;

/// <summary>What an answer's translation must know of its request. Reusable; set before each exchange.</summary>
public sealed class AnswerContext
{
    /// <summary>The model as the client named it, UTF-8.</summary>
    public ReadOnlyMemory<byte> ClientModel { get; set; }

    /// <summary>The provider's name, UTF-8: it signs reasoning.</summary>
    public ReadOnlyMemory<byte> ProviderName { get; set; }

    /// <summary>What the provider is like.</summary>
    public DialectProfile Profile { get; set; } = new();

    /// <summary>It speaks Responses instead of Chat Completions.</summary>
    public bool IsResponses { get; set; }

    /// <summary>The prompt's estimated size, tokens; 0 if unknown.</summary>
    public long EstimatedInputTokens { get; set; }

    /// <summary>The tools that were offered, to restore their names.</summary>
    public ToolNames? ToolNames { get; set; }

    /// <summary>The provider's key, UTF-8: no error the client reads may repeat it. Empty for none.</summary>
    public ReadOnlyMemory<byte> Credential { get; set; }

    /// <summary>Makes up the ids of messages and calls; 0 for random ones.</summary>
    public ulong Seed { get; set; }
}
