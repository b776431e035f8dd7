using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Gateway.Core.Errors;
using Gateway.Core.Failover;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Answers of the gateway itself when something is wrong: Anthropic's shape, with the exchange's id.</summary>
internal static class RefusalWriter
{
    /// <summary>Writes a whole error response.</summary>
    /// <param name="response">Where it goes; its head must not have been written.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="message">What is wrong and how to mend it.</param>
    /// <param name="requestId">Id of the exchange.</param>
    /// <param name="extraName">One more field, or empty.</param>
    /// <param name="extraValue">Its value.</param>
    public static void Write(
        ResponseWriter response,
        int status,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> requestId,
        ReadOnlySpan<byte> extraName = default,
        ReadOnlySpan<byte> extraValue = default)
    {
        var body = new ArrayBufferWriter<byte>(256);
        AnthropicError.Write(body, AnthropicErrorTypes.FromStatus(status), message, requestId);

        var head = response.BeginHead(status, default);
        head.Field("content-type"u8, "application/json"u8);
        if (!requestId.IsEmpty)
        {
            head.Field("request-id"u8, requestId);
        }

        if (status == 401)
        {
            // Claude Code tries one ten times over three minutes otherwise.
            head.Field("x-should-retry"u8, "false"u8);
        }

        if (!extraName.IsEmpty)
        {
            head.Field(extraName, extraValue);
        }

        response.EndHead(ref head, body.WrittenCount);
        response.Write(body.WrittenSpan);
        response.End();
    }

    /// <summary>The client asked for what it can't have.</summary>
    public static void RefuseClient(Exchange exchange, ProxyContext context, int status, string message)
    {
        context.Outcome = ExchangeOutcome.ClientFault;
        Write(exchange.Response, status, Encoding.UTF8.GetBytes(message), context.RequestId);
    }

    /// <summary>Nobody can answer just now.</summary>
    public static void WriteOverloaded(Exchange exchange, ProxyContext context, ReadOnlySpan<byte> message, int retryAfterSeconds)
    {
        Span<byte> seconds = stackalloc byte[10];
        _ = Utf8Formatter.TryFormat(retryAfterSeconds, seconds, out var written);
        Write(exchange.Response, 529, message, context.RequestId, "retry-after"u8, seconds[..written]);
    }

    /// <summary>Answers for a provider that gave no answer; a client that left gets none.</summary>
    public static void WriteOutcome(Exchange exchange, ProxyContext context, ReadOnlySpan<byte> name, AttemptOutcome outcome)
    {
        if (outcome.FailedParty == FailedParty.Client)
        {
            context.Outcome = ExchangeOutcome.ClientAborted;
            exchange.Response.Abandon();
            return;
        }

        context.Outcome = ExchangeOutcome.ProviderFault;
        var message = new ArrayBufferWriter<byte>(256);
        message.Write("Provider '"u8);
        message.Write(name);
        message.Write("': "u8);
        message.Write(outcome.Explanation);
        Write(
            exchange.Response, outcome.Status, message.WrittenSpan, context.RequestId,
            outcome.ShouldRetry == false ? "x-should-retry"u8 : default, "false"u8);
    }
}
