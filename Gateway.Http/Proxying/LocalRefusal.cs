using System.Buffers;
using System.Text;
using Gateway.Core.Errors;
using Gateway.Core.Failover;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>A request that can't be put into a provider's dialect: as with what a provider can't do, the next one is asked, and the client told only when none is left.</summary>
internal static class LocalRefusal
{
    /// <summary>Leaves this provider, which was not asked.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="context">Its context.</param>
    /// <param name="message">What it can't take, for the client.</param>
    public static InPlace PassOnOrTell(Exchange exchange, ProxyContext context, string? message)
    {
        context.Plan.Current.Circuit.Abandoned();
        context.Trace.EndAttempt(exchange, "untranslatable");
        if (context.Plan.HasNext)
        {
            return InPlace.PassedOn;
        }

        Tell(exchange, context, message ?? "");
        return InPlace.Answered;
    }

    private static void Tell(Exchange exchange, ProxyContext context, string message)
    {
        // Who could have taken it has failed, and may be well again when the client asks once more.
        var mayRecover = HasFailed(context.Times.Failed);
        context.Outcome = mayRecover ? ExchangeOutcome.ProviderFault : ExchangeOutcome.ClientFault;
        var words = Encoding.UTF8.GetBytes(mayRecover ? $"Who could take this request can't be reached just now. {message}" : message);
        if (context.Seen != ClientView.Waiting)
        {
            RefusalWriter.Write(exchange.Response, mayRecover ? 529 : 400, words, context.RequestId);
            return;
        }

        var text = new ArrayBufferWriter<byte>(256);
        AnthropicError.WriteEvent(text, mayRecover ? AnthropicErrorType.Overloaded : AnthropicErrorType.InvalidRequest, words, context.RequestId);
        exchange.Response.Write(text.WrittenSpan);
        exchange.Response.End();
    }

    // By its own doing: a refusal of the request would come again.
    private static bool HasFailed(ReadOnlySpan<FailedAttempt> failed) => !failed.IsEmpty && failed[^1].Status is not (400 or 413 or 422);
}
