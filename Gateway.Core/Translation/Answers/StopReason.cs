namespace Gateway.Core.Translation.Answers;

/// <summary>Why an answer ended.</summary>
public enum StopReason : byte
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>The model was done.</summary>
    EndTurn,

    /// <summary>The model calls tools.</summary>
    ToolUse,

    /// <summary>The limit of output tokens.</summary>
    MaxTokens,

    /// <summary>A stop sequence of the request.</summary>
    StopSequence,

    /// <summary>The model or its provider refused.</summary>
    Refusal,

    /// <summary>The context window is full.</summary>
    ContextWindowExceeded,

    /// <summary>The provider failed: not an end the client may see as one.</summary>
    Error,
}
