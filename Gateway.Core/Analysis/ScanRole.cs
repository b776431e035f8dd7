namespace Gateway.Core.Analysis;

/// <summary>What an open object or array means. Keys count only where they mean something.</summary>
internal enum ScanRole : byte
{
    OtherObject,
    Root,
    Message,
    Block,
    Source,
    Tool,
    Thinking,
    OutputConfig,
    Metadata,

    // From here on arrays.
    OtherArray,
    Messages,
    Content,
    Tools,
}

/// <summary>The keys that matter.</summary>
internal enum ScanKey : byte
{
    None,
    Model,
    Messages,
    System,
    Tools,
    ToolChoice,
    MaxTokens,
    Stream,
    Thinking,
    OutputConfig,
    OutputFormat,
    Content,
    Type,
    Source,
    BudgetTokens,
    Format,
    Metadata,
    UserId,
    Data,
    StopSequences,
}

/// <summary>From where a value stands to what it means.</summary>
internal static class ScanRoles
{
    public static bool IsArray(this ScanRole role) => role >= ScanRole.OtherArray;

    /// <summary>The key, if it means something in an object of this role.</summary>
    public static ScanKey KeyIn(ScanRole role, ReadOnlySpan<byte> name) => role switch
    {
        ScanRole.Root => RootKey(name),
        ScanRole.Message => name.SequenceEqual("content"u8) ? ScanKey.Content : ScanKey.None,
        ScanRole.Block => BlockKey(name),
        ScanRole.Source => name.SequenceEqual("data"u8) ? ScanKey.Data : name.SequenceEqual("content"u8) ? ScanKey.Content : ScanKey.None,
        ScanRole.Metadata => name.SequenceEqual("user_id"u8) ? ScanKey.UserId : ScanKey.None,
        ScanRole.Tool => name.SequenceEqual("type"u8) ? ScanKey.Type : ScanKey.None,
        ScanRole.Thinking => name.SequenceEqual("type"u8) ? ScanKey.Type
            : name.SequenceEqual("budget_tokens"u8) ? ScanKey.BudgetTokens : ScanKey.None,
        ScanRole.OutputConfig => name.SequenceEqual("format"u8) ? ScanKey.Format : ScanKey.None,
        _ => ScanKey.None,
    };

    /// <summary>The role of an object that begins in a container of this role, under this key.</summary>
    public static ScanRole ObjectIn(ScanRole parent, ScanKey key) => (parent, key) switch
    {
        (ScanRole.Messages, _) => ScanRole.Message,
        (ScanRole.Content, _) => ScanRole.Block,
        (ScanRole.Tools, _) => ScanRole.Tool,
        (ScanRole.Root, ScanKey.Thinking) => ScanRole.Thinking,
        (ScanRole.Root, ScanKey.OutputConfig) => ScanRole.OutputConfig,
        (ScanRole.Root, ScanKey.Metadata) => ScanRole.Metadata,
        (ScanRole.Block, ScanKey.Source) => ScanRole.Source,
        _ => ScanRole.OtherObject,
    };

    /// <summary>The role of an array.</summary>
    public static ScanRole ArrayIn(ScanRole parent, ScanKey key) => (parent, key) switch
    {
        (ScanRole.Root, ScanKey.Messages) => ScanRole.Messages,
        (ScanRole.Root, ScanKey.Tools) => ScanRole.Tools,
        (ScanRole.Root, ScanKey.System) => ScanRole.Content,
        (ScanRole.Message or ScanRole.Block or ScanRole.Source, ScanKey.Content) => ScanRole.Content,
        _ => ScanRole.OtherArray,
    };

    private static ScanKey BlockKey(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("type"u8) ? ScanKey.Type
        : name.SequenceEqual("content"u8) ? ScanKey.Content
        : name.SequenceEqual("source"u8) ? ScanKey.Source
        : ScanKey.None;

    private static ScanKey RootKey(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 => name.SequenceEqual("model"u8) ? ScanKey.Model : name.SequenceEqual("tools"u8) ? ScanKey.Tools : ScanKey.None,
        6 => name.SequenceEqual("system"u8) ? ScanKey.System : name.SequenceEqual("stream"u8) ? ScanKey.Stream : ScanKey.None,
        8 => name.SequenceEqual("messages"u8) ? ScanKey.Messages
            : name.SequenceEqual("thinking"u8) ? ScanKey.Thinking
            : name.SequenceEqual("metadata"u8) ? ScanKey.Metadata : ScanKey.None,
        10 => name.SequenceEqual("max_tokens"u8) ? ScanKey.MaxTokens : ScanKey.None,
        11 => name.SequenceEqual("tool_choice"u8) ? ScanKey.ToolChoice : ScanKey.None,
        14 => name.SequenceEqual("stop_sequences"u8) ? ScanKey.StopSequences : ScanKey.None,
        13 => name.SequenceEqual("output_config"u8) ? ScanKey.OutputConfig : name.SequenceEqual("output_format"u8) ? ScanKey.OutputFormat : ScanKey.None,
        _ => ScanKey.None,
    };
}
