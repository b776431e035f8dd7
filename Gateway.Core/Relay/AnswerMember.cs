namespace Gateway.Core.Relay;

/// <summary>Where in an answer's JSON we are: only these objects are looked into.</summary>
internal enum AnswerPlace : byte
{
    Root,
    Message,
    MessageUsage,
    Delta,
    Usage,
    Error,
    Content,
    Block,
}

/// <summary>The members we care about.</summary>
internal enum AnswerMember : byte
{
    None,
    Type,
    Model,
    StopReason,
    ErrorType,
    Signature,
    InputTokens,
    OutputTokens,
    CacheReadInputTokens,
    CacheCreationInputTokens,

    // Objects: entered when the value opens with a brace.
    MessageObject,
    MessageUsageObject,
    DeltaObject,
    UsageObject,
    ErrorObject,
    BlockObject,
    ContentArray,
}

/// <summary>Which member a key names, given the object it stands in: the whole of what we read, as a table.</summary>
internal static class AnswerMembers
{
    /// <summary>The member, or <see cref="AnswerMember.None"/>: its value is jumped over.</summary>
    public static AnswerMember Find(AnswerPlace place, ReadOnlySpan<byte> key) => place switch
    {
        AnswerPlace.Root => InRoot(key),
        AnswerPlace.Message => InMessage(key),
        AnswerPlace.Delta => key.SequenceEqual("stop_reason"u8) ? AnswerMember.StopReason
            : key.SequenceEqual("signature"u8) ? AnswerMember.Signature
            : AnswerMember.None,
        AnswerPlace.Block => key.SequenceEqual("signature"u8) || key.SequenceEqual("data"u8) ? AnswerMember.Signature : AnswerMember.None,
        AnswerPlace.Error => key.SequenceEqual("type"u8) ? AnswerMember.ErrorType : AnswerMember.None,
        _ => InUsage(key),
    };

    /// <summary>The object around this one.</summary>
    /// <param name="place">The object that ends.</param>
    /// <param name="inContent">It stands in the content of a whole message.</param>
    public static AnswerPlace Parent(AnswerPlace place, bool inContent) =>
        place == AnswerPlace.MessageUsage ? AnswerPlace.Message
        : place == AnswerPlace.Block && inContent ? AnswerPlace.Content
        : AnswerPlace.Root;

    /// <summary>The object that opens as the value of a member, if we look into it.</summary>
    public static AnswerPlace? Opened(AnswerMember member) => member switch
    {
        AnswerMember.MessageObject => AnswerPlace.Message,
        AnswerMember.MessageUsageObject => AnswerPlace.MessageUsage,
        AnswerMember.DeltaObject => AnswerPlace.Delta,
        AnswerMember.UsageObject => AnswerPlace.Usage,
        AnswerMember.ErrorObject => AnswerPlace.Error,
        AnswerMember.BlockObject => AnswerPlace.Block,
        _ => null,
    };

    /// <summary>Whether the member's value is a text we keep.</summary>
    public static bool IsText(AnswerMember member) =>
        member is >= AnswerMember.Type and <= AnswerMember.ErrorType;

    /// <summary>Whether the member's value is a number of tokens.</summary>
    public static bool IsCount(AnswerMember member) =>
        member is >= AnswerMember.InputTokens and <= AnswerMember.CacheCreationInputTokens;

    private static AnswerMember InRoot(ReadOnlySpan<byte> key) => key.Length switch
    {
        4 when key.SequenceEqual("type"u8) => AnswerMember.Type,
        5 when key.SequenceEqual("usage"u8) => AnswerMember.UsageObject,
        5 when key.SequenceEqual("model"u8) => AnswerMember.Model,
        5 when key.SequenceEqual("delta"u8) => AnswerMember.DeltaObject,
        5 when key.SequenceEqual("error"u8) => AnswerMember.ErrorObject,
        7 when key.SequenceEqual("message"u8) => AnswerMember.MessageObject,
        7 when key.SequenceEqual("content"u8) => AnswerMember.ContentArray,
        11 when key.SequenceEqual("stop_reason"u8) => AnswerMember.StopReason,
        13 when key.SequenceEqual("content_block"u8) => AnswerMember.BlockObject,
        _ => AnswerMember.None,
    };

    private static AnswerMember InMessage(ReadOnlySpan<byte> key) => key.Length switch
    {
        5 when key.SequenceEqual("usage"u8) => AnswerMember.MessageUsageObject,
        5 when key.SequenceEqual("model"u8) => AnswerMember.Model,
        11 when key.SequenceEqual("stop_reason"u8) => AnswerMember.StopReason,
        _ => AnswerMember.None,
    };

    private static AnswerMember InUsage(ReadOnlySpan<byte> key) => key.Length switch
    {
        12 when key.SequenceEqual("input_tokens"u8) => AnswerMember.InputTokens,
        13 when key.SequenceEqual("output_tokens"u8) => AnswerMember.OutputTokens,
        23 when key.SequenceEqual("cache_read_input_tokens"u8) => AnswerMember.CacheReadInputTokens,
        27 when key.SequenceEqual("cache_creation_input_tokens"u8) => AnswerMember.CacheCreationInputTokens,
        _ => AnswerMember.None,
    };
}
