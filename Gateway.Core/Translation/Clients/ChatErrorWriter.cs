using System.Buffers;
using System.Text.Json;
using Gateway.Core.Errors;

namespace Gateway.Core.Translation.Clients;

/// <summary>Anthropic's errors in OpenAI's shape: status, type and code keep the meaning, the words stay.</summary>
/// <remarks>Source: platform.openai.com/docs/guides/error-codes. Allocates nothing; thread-safe.</remarks>
public static class ChatErrorWriter
{
    // What OpenAI's clients take for a sign to shorten the conversation.
    private static ReadOnlySpan<byte> TooLong => "prompt is too long"u8;

    /// <summary>Writes the body for an answer with an error status.</summary>
    /// <param name="status">Anthropic's status.</param>
    /// <param name="anthropic">Its body; anything else than an error of Anthropic's is not repeated.</param>
    /// <param name="client">Takes the body.</param>
    /// <returns>The status for the client.</returns>
    public static int Write(int status, ReadOnlySpan<byte> anthropic, IBufferWriter<byte> client)
    {
        Read(anthropic, out var name, out var message);
        var type = TypeOf(name) ?? AnthropicErrorTypes.FromStatus(status);
        WriteBody(type, message, isEscaped: true, client);
        return StatusOf(status is >= 400 and <= 599 ? status : type.Status());
    }

    /// <summary>Writes the body for an error of the gateway's own.</summary>
    /// <param name="type">What went wrong.</param>
    /// <param name="message">For people: UTF-8, any characters.</param>
    /// <param name="client">Takes the body.</param>
    /// <returns>The status for the client.</returns>
    public static int Write(AnthropicErrorType type, ReadOnlySpan<byte> message, IBufferWriter<byte> client)
    {
        WriteBody(type, message, isEscaped: false, client);
        return StatusOf(type.Status());
    }

    /// <summary>Writes the same as what ends a stream that has begun.</summary>
    public static void WriteEvent(AnthropicErrorType type, ReadOnlySpan<byte> message, IBufferWriter<byte> client)
    {
        client.Write("data: "u8);
        WriteBody(type, message, isEscaped: false, client);
        client.Write("\n\n"u8);
    }

    /// <summary>Writes what ends a stream that has begun.</summary>
    /// <param name="anthropic">The data of Anthropic's <c>error</c> event.</param>
    /// <param name="client">Takes the event.</param>
    public static void WriteEvent(ReadOnlySpan<byte> anthropic, IBufferWriter<byte> client)
    {
        Read(anthropic, out var name, out var message);
        client.Write("data: "u8);
        WriteBody(TypeOf(name) ?? AnthropicErrorType.ApiError, message, isEscaped: true, client);
        client.Write("\n\n"u8);
    }

    private static void WriteBody(AnthropicErrorType type, ReadOnlySpan<byte> message, bool isEscaped, IBufferWriter<byte> client)
    {
        client.Write("{\"error\":{\"message\":\""u8);
        if (message.IsEmpty)
        {
            client.Write("The request failed and no reason was given."u8);
        }
        else if (isEscaped)
        {
            client.Write(message);
        }
        else
        {
            JsonText.WriteEscaped(client, message);
        }

        client.Write("\",\"type\":\""u8);
        client.Write(KindOf(type));
        client.Write("\",\"param\":null,\"code\":"u8);
        client.Write(CodeOf(type, message));
        client.Write("}}"u8);
    }

    private static void Read(ReadOnlySpan<byte> anthropic, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> message)
    {
        type = message = default;
        try
        {
            var error = JsonMembers.Find(anthropic, "error"u8);
            type = JsonText.Content(JsonMembers.Find(error, "type"u8));
            message = JsonText.Content(JsonMembers.Find(error, "message"u8));
        }
        catch (JsonException)
        {
        }
    }

    private static AnthropicErrorType? TypeOf(ReadOnlySpan<byte> name)
    {
        for (var type = AnthropicErrorType.ApiError; type <= AnthropicErrorType.Overloaded; type++)
        {
            if (name.SequenceEqual(type.Name()))
            {
                return type;
            }
        }

        return null;
    }

    // 529 is Anthropic's alone.
    private static int StatusOf(int status) => status == 529 ? 503 : status;

    private static ReadOnlySpan<byte> KindOf(AnthropicErrorType type) => type switch
    {
        AnthropicErrorType.InvalidRequest or AnthropicErrorType.RequestTooLarge => "invalid_request_error"u8,
        AnthropicErrorType.Authentication => "authentication_error"u8,
        AnthropicErrorType.Billing => "insufficient_quota"u8,
        AnthropicErrorType.Permission => "permission_error"u8,
        AnthropicErrorType.NotFound => "not_found_error"u8,
        AnthropicErrorType.Conflict => "conflict_error"u8,
        AnthropicErrorType.RateLimit => "rate_limit_error"u8,
        _ => "server_error"u8,
    };

    // As JSON.
    private static ReadOnlySpan<byte> CodeOf(AnthropicErrorType type, ReadOnlySpan<byte> message) => type switch
    {
        AnthropicErrorType.InvalidRequest when message.IndexOf(TooLong) >= 0 => "\"context_length_exceeded\""u8,
        AnthropicErrorType.Authentication => "\"invalid_api_key\""u8,
        AnthropicErrorType.Billing => "\"insufficient_quota\""u8,
        AnthropicErrorType.NotFound when message.IndexOf("model"u8) >= 0 => "\"model_not_found\""u8,
        AnthropicErrorType.RequestTooLarge => "\"request_too_large\""u8,
        AnthropicErrorType.RateLimit => "\"rate_limit_exceeded\""u8,
        AnthropicErrorType.Timeout => "\"timeout\""u8,
        AnthropicErrorType.Overloaded => "\"overloaded\""u8,
        _ => "null"u8,
    };
}
