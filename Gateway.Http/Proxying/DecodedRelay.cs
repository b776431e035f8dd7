using System.Runtime.CompilerServices;
using Gateway.Http.Body;
using Gateway.Http.Coding;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Relays an answer that came compressed although nobody asked for it: decoded, as soon as each piece can be.</summary>
internal static class DecodedRelay
{
    private const int BufferBytes = 16 * 1024;

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public static async ValueTask<BodyStatus> RelayAsync(Exchange exchange, ProxyContext context, BodyReader body, ContentCoding coding)
    {
        using var coded = new BodyStream(body);
        using var decoded = DecodingStream.Open(coded, coding);
        var buffer = new byte[BufferBytes];
        try
        {
            while (true)
            {
                var reading = decoded.ReadAsync(buffer);
                if (!reading.IsCompleted && !await exchange.Response.FlushAsync())
                {
                    context.Lease.Cancel();
                }

                context.WaitForBytes();
                var count = await reading;
                if (count == 0)
                {
                    return body.IsComplete ? BodyStatus.Complete : BodyStatus.Truncated;
                }

                context.Tap.Observe(buffer.AsSpan(0, count));
                exchange.Response.Write(buffer.AsSpan(0, count));
            }
        }
        catch (InvalidDataException)
        {
            return BodyStatus.Malformed;
        }
        catch (IOException)
        {
            return BodyStatus.Truncated;
        }
    }
}
