using System.Buffers.Text;
using Gateway.Core.Failover;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>What a provider says is left of its limits corrects what we think, where limits are configured.</summary>
internal static class RateLimitFeed
{
    /// <summary>Reads the head of an answer.</summary>
    public static void Read(Exchange exchange, ProxyContext context, AttemptOutcome outcome)
    {
        var ofProvider = context.Provider!.Limits;
        var ofKey = context.Key!.Limits;
        if (!outcome.IsAnswered || (ofProvider is null && ofKey is null))
        {
            return;
        }

        var fields = context.Lease.Connection!.Head.Headers;
        long requests = -1, input = -1, output = -1;
        for (var i = 0; i < fields.Count; i++)
        {
            ref var kind = ref requests;
            switch (Of(fields.Name(i)))
            {
                case Limit.Requests:
                    break;
                case Limit.Input:
                    kind = ref input;
                    break;
                case Limit.Output:
                    kind = ref output;
                    break;
                default:
                    continue;
            }

            if (Utf8Parser.TryParse(fields.Value(i), out long left, out var used) && used == fields.Value(i).Length)
            {
                kind = left;
            }
        }

        ofProvider?.Correct(requests, input, output, exchange.Reactor.NowMs);
        ofKey?.Correct(requests, input, output, exchange.Reactor.NowMs);
    }

    private enum Limit : byte
    {
        None,
        Requests,
        Input,
        Output,
    }

    private static Limit Of(ReadOnlySpan<byte> name) =>
        Is(name, "anthropic-ratelimit-requests-remaining"u8) || Is(name, "x-ratelimit-remaining-requests"u8) ? Limit.Requests
        : Is(name, "anthropic-ratelimit-input-tokens-remaining"u8) || Is(name, "x-ratelimit-remaining-tokens"u8) ? Limit.Input
        : Is(name, "anthropic-ratelimit-output-tokens-remaining"u8) ? Limit.Output
        : Limit.None;

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> field) => System.Text.Ascii.EqualsIgnoreCase(name, field);
}
