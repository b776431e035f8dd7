namespace Gateway.Core.Translation.Answers;

/// <summary>Kinds of content blocks that are written.</summary>
internal enum BlockKind : byte
{
    /// <summary>No block.</summary>
    None,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Reasoning.</summary>
    Thinking,

    /// <summary>A call of a tool.</summary>
    Tool,
}
