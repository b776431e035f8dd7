namespace Gateway.Core.Relay;

/// <summary>The events of an Anthropic stream that mean something to the gateway.</summary>
/// <remarks>Source: platform.claude.com/docs/en/build-with-claude/streaming. New event types may be added at any time
/// (same page), so everything else is <see cref="Other"/> and passes unread.</remarks>
internal enum AnswerEvent : byte
{
    /// <summary>No name given.</summary>
    None,

    /// <summary>An event we have nothing to learn from.</summary>
    Other,

    /// <summary>Carries model and first usage.</summary>
    MessageStart,

    /// <summary>Content starts: from here on the client cannot forget.</summary>
    ContentBlockStart,

    /// <summary>A piece of content: the mass of all events.</summary>
    ContentBlockDelta,

    /// <summary>Carries stop reason and final usage.</summary>
    MessageDelta,

    /// <summary>The regular end.</summary>
    MessageStop,

    /// <summary>The provider failed after it had begun to answer.</summary>
    Error,
}

/// <summary>Names of events, as they stand after <c>event:</c> and in the <c>type</c> of the JSON.</summary>
internal static class AnswerEvents
{
    /// <summary>The event of that name; <see cref="AnswerEvent.Other"/> if we do not know it.</summary>
    public static AnswerEvent Named(ReadOnlySpan<byte> name) => name.Length switch
    {
        0 => AnswerEvent.None,
        5 when name.SequenceEqual("error"u8) => AnswerEvent.Error,
        12 when name.SequenceEqual("message_stop"u8) => AnswerEvent.MessageStop,
        13 when name.SequenceEqual("message_start"u8) => AnswerEvent.MessageStart,
        13 when name.SequenceEqual("message_delta"u8) => AnswerEvent.MessageDelta,
        19 when name.SequenceEqual("content_block_delta"u8) => AnswerEvent.ContentBlockDelta,
        19 when name.SequenceEqual("content_block_start"u8) => AnswerEvent.ContentBlockStart,
        _ => AnswerEvent.Other,
    };

    /// <summary>Whether the JSON of an event with this name (or with none) has to be read. Of content only signatures are wanted: see
    /// <see cref="SseCursor"/>, which jumps over what holds none.</summary>
    public static bool IsReadClosely(this AnswerEvent named) =>
        named is not (AnswerEvent.Other or AnswerEvent.MessageStop);
}
