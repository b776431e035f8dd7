using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>What a request takes, in all its forms, until its answer has begun.</summary>
internal static class RequestMemory
{
    /// <summary>Gives it back: nothing will be sent again. Kept while the provider, which answers early, is still being sent it.</summary>
    public static void Release(Exchange exchange, ProxyContext context)
    {
        if (context.IsStillSending)
        {
            return;
        }

        context.Body = default;
        context.Decoded.Clear();
        context.Outgoing.Clear();
        context.Chat.Release();
        exchange.ReleaseRequest();
        context.HoldsRequest = false;
    }
}
