using System.Buffers;
using System.Text.Encodings.Web;

namespace Gateway.Core.Errors;

/// <summary>Writes errors of our own in Anthropic's shape, so that Claude Code shows their message.</summary>
/// <remarks>Source: platform.claude.com/docs/en/api/errors, "Error shapes". Allocates nothing; thread-safe.</remarks>
public static class AnthropicError
{
    // Long enough for every message of ours to be escaped in one piece.
    private const int EscapeBlock = 256;

    /// <summary>Writes <c>{"type":"error","error":{"type":...,"message":...},"request_id":...}</c>.</summary>
    /// <param name="output">Takes the body.</param>
    /// <param name="type">What went wrong.</param>
    /// <param name="message">For people: UTF-8, any characters; invalid bytes come out as U+FFFD.</param>
    /// <param name="requestId">The exchange's id; left out when empty.</param>
    public static void Write(
        IBufferWriter<byte> output,
        AnthropicErrorType type,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> requestId)
    {
        output.Write("{\"type\":\"error\",\"error\":{\"type\":\""u8);
        output.Write(type.Name());
        output.Write("\",\"message\":\""u8);
        WriteEscaped(output, message);
        if (requestId.IsEmpty)
        {
            output.Write("\"}}"u8);
            return;
        }

        output.Write("\"},\"request_id\":\""u8);
        WriteEscaped(output, requestId);
        output.Write("\"}"u8);
    }

    /// <summary>Writes the same as an <c>error</c> event for an answer whose head has already been sent.</summary>
    /// <param name="output">Takes the event, its closing blank line included.</param>
    /// <param name="type">What went wrong; before content, Claude Code streams again only on an overload.</param>
    /// <param name="message">For people: UTF-8, any characters.</param>
    /// <param name="requestId">The exchange's id; left out when empty.</param>
    public static void WriteEvent(
        IBufferWriter<byte> output,
        AnthropicErrorType type,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> requestId)
    {
        output.Write("event: error\ndata: "u8);
        Write(output, type, message, requestId);
        output.Write("\n\n"u8);
    }

    private static void WriteEscaped(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(
                text, output.GetSpan(EscapeBlock), out var read, out var written);
            output.Advance(written);
            text = text[read..];
        }
    }
}
