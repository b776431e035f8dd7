namespace Gateway.Core.Translation.Clients;

/// <summary>Anthropic's reasons to stop in OpenAI's words.</summary>
internal static class ChatFinish
{
    /// <summary>The <c>finish_reason</c>.</summary>
    /// <param name="stopReason">Anthropic's word; an unknown one is a plain end.</param>
    /// <param name="hasCalls">The answer calls tools: a plain end would make the client forget them.</param>
    /// <param name="usesFunctions">The client wants the older form.</param>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> stopReason, bool hasCalls, bool usesFunctions) => stopReason switch
    {
        _ when stopReason.SequenceEqual("max_tokens"u8) || stopReason.SequenceEqual("model_context_window_exceeded"u8) => "length"u8,
        _ when stopReason.SequenceEqual("refusal"u8) => "content_filter"u8,
        _ when !hasCalls => "stop"u8,
        _ => usesFunctions ? "function_call"u8 : "tool_calls"u8,
    };
}
