namespace Gateway.Core.Translation.Answers;

/// <summary>Names of tools as the client gave them.</summary>
public interface IToolNames
{
    /// <summary>The client's name for what the provider was told; false where they are the same.</summary>
    public bool TryRestore(ReadOnlySpan<byte> alias, out ReadOnlySpan<byte> original);
}

/// <summary>What an answer's translation depends on besides the answer. Set anew for each exchange; reused.</summary>
public sealed class AnswerContext
{
    /// <summary>The model as the client named it, escaped as JSON text.</summary>
    public ReadOnlyMemory<byte> ClientModel { get; set; }

    /// <summary>The provider's name: only it gets its own reasoning back.</summary>
    public ReadOnlyMemory<byte> ProviderName { get; set; }

    /// <summary>Id of the message, without its prefix.</summary>
    public ReadOnlyMemory<byte> MessageId { get; set; }

    /// <summary>How the provider differs from others.</summary>
    public DialectProfile Profile { get; set; } = new();

    /// <summary>The provider speaks the Responses API.</summary>
    public bool IsResponses { get; set; }

    /// <summary>Input tokens as we estimate them: told at the start, and at the end where the provider tells none.</summary>
    public long EstimatedInputTokens { get; set; }

    /// <summary>Tools whose names had to be changed; null if none.</summary>
    public IToolNames? Names { get; set; }
}

/// <summary>The tokens of an answer. All four are disjoint.</summary>
/// <param name="Input">Read, without the prompt cache.</param>
/// <param name="Output">Written.</param>
/// <param name="CacheRead">Read from the prompt cache.</param>
/// <param name="CacheCreation">Written to it.</param>
public readonly record struct AnswerUsage(long Input, long Output, long CacheRead, long CacheCreation);
