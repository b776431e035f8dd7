namespace Gateway.Core.Translation.Answers;

/// <summary>What providers call an end, and what Anthropic does.</summary>
internal static class FinishReasons
{
    /// <summary>The meaning of a <c>finish_reason</c>, or of the reason of an incomplete response.</summary>
    public static StopReason Read(ReadOnlySpan<byte> reason)
    {
        if (reason.SequenceEqual("length"u8) || reason.SequenceEqual("max_tokens"u8) || reason.SequenceEqual("max_output_tokens"u8))
        {
            return StopReason.MaxTokens;
        }

        if (reason.SequenceEqual("tool_calls"u8) || reason.SequenceEqual("tool_use"u8) || reason.SequenceEqual("function_call"u8))
        {
            return StopReason.ToolUse;
        }

        if (reason.SequenceEqual("content_filter"u8) || reason.SequenceEqual("sensitive"u8) || reason.SequenceEqual("refusal"u8))
        {
            return StopReason.Refusal;
        }

        // The last is DeepSeek's, api-docs.deepseek.com/api/create-chat-completion: the answer was interrupted.
        if (reason.SequenceEqual("error"u8) || reason.SequenceEqual("network_error"u8) || reason.SequenceEqual("insufficient_system_resource"u8))
        {
            return StopReason.Error;
        }

        return reason.SequenceEqual("model_context_window_exceeded"u8) ? StopReason.ContextWindowExceeded : StopReason.EndTurn;
    }

    /// <summary>The name on the wire.</summary>
    public static ReadOnlySpan<byte> Name(StopReason reason) => reason switch
    {
        StopReason.ToolUse => "tool_use"u8,
        StopReason.MaxTokens => "max_tokens"u8,
        StopReason.StopSequence => "stop_sequence"u8,
        StopReason.Refusal => "refusal"u8,
        StopReason.ContextWindowExceeded => "model_context_window_exceeded"u8,
        _ => "end_turn"u8,
    };
}
