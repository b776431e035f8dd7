using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;
using Gateway.Core.Translation.Requests;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Answers <c>count_tokens</c> for a provider that has none: with a tokenizer, corrected by what the provider reports.</summary>
internal static class LocalCount
{
    /// <summary>Whether nobody need be asked: no other dialect has such an endpoint.</summary>
    public static bool IsFor(ProxyContext context) =>
        context.Endpoint == EndpointKind.CountTokens && context.Provider!.Dialect != Dialect.Anthropic;

    /// <summary>Whether the provider was asked, and has no such endpoint.</summary>
    public static bool IsMissed(ProxyContext context) =>
        context.Endpoint == EndpointKind.CountTokens && context.Saved.Status is 404 or 405 or 501;

    /// <summary>Counts, and answers.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public static async ValueTask AnswerAsync(Exchange exchange, ProxyContext context)
    {
        context.Provider!.State.IsAskedForCounts = true;
        var corrections = TokenEstimates.CorrectionsOf(context);
        if (corrections.PrefersCount)
        {
            var count = new TokenCount(exchange.Reactor, context.Body.ToArray());
            await count.RunAsync();
            Write(exchange, context, corrections.Count.Correct(count.Tokens));
            return;
        }

        Write(exchange, context, corrections.Estimate.Correct(new TokenEstimator().Estimate(context.Body)));
    }

    private static void Write(Exchange exchange, ProxyContext context, long tokens)
    {
        Span<byte> number = stackalloc byte[20];
        _ = Utf8Formatter.TryFormat(tokens, number, out var digits);
        var body = new ArrayBufferWriter<byte>(64);
        body.Write("{\"input_tokens\":"u8);
        body.Write(number[..digits]);
        body.Write("}"u8);
        LocalAnswer.Answer(exchange, context, "application/json"u8, body.WrittenSpan);
    }
}
