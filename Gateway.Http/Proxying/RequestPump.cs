using System.Runtime.CompilerServices;
using Gateway.Http.Body;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Streams a request's body to the provider, framed anew; it reads on only when the provider has taken what came before.</summary>
internal static class RequestPump
{
    /// <summary>Ends with the body, or with what broke it; a broken one cuts the provider's connection, never ends it properly.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public static async ValueTask<BodyStatus> RunAsync(Exchange exchange, ProxyContext context, UpstreamConnection upstream)
    {
        var body = exchange.Body;
        var isChunked = body.DeclaredLength < 0;
        while (true)
        {
            var streaming = body.StreamAsync();
            if (!streaming.IsCompleted)
            {
                _ = await upstream.Writer.FlushAsync();
            }

            var status = await streaming;
            if (body.ReceivedBytes > context.Snapshot.MaxBodyBytes)
            {
                status = BodyStatus.TooLarge;
            }

            // Told before the cut: who waits for the answer wakes inside it, and must know that the request broke first.
            context.RequestEnd = status;
            if (status is not (BodyStatus.More or BodyStatus.Complete))
            {
                upstream.Cancel();
                return status;
            }

            Write(upstream.Writer, body.Slices, isChunked, isLast: status == BodyStatus.Complete);
            var flush = await upstream.Writer.FlushAsync();
            if (flush.IsCompleted || status == BodyStatus.Complete)
            {
                return status;
            }
        }
    }

    private static void Write(ConnectionWriter writer, BodySlices slices, bool isChunked, bool isLast)
    {
        if (slices.Bytes > 0)
        {
            WriteSlices(writer, slices, isChunked);
        }

        if (isLast && isChunked)
        {
            writer.Write(ChunkedWriter.LastChunk);
        }
    }

    private static void WriteSlices(ConnectionWriter writer, BodySlices slices, bool isChunked)
    {
        if (isChunked)
        {
            writer.Advance(ChunkedWriter.WriteSizeLine(writer.GetSpan(ChunkedWriter.MaxSizeLine), (int)slices.Bytes));
        }

        foreach (var slice in slices.Items)
        {
            writer.Append(slice);
        }

        if (isChunked)
        {
            writer.Write(ChunkedWriter.Crlf);
        }
    }
}
