using System.Text;
using System.Text.Json;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Host.Management;

/// <summary><c>/requests/recent</c> and <c>/events</c>: the last exchanges, once or as they end.</summary>
internal sealed class RecentPage(GatewayStatus status)
{
    private static readonly ReadOnlyMemory<byte> KeepAlive = ": still here\n\n"u8.ToArray();

    private const int LookEveryMs = 250;
    private const int CommentEvery = 40;

    /// <summary>The last exchanges, the oldest first.</summary>
    public void Recent(Exchange exchange) => Page.Json(exchange, writer => Write(writer, "requests"u8, status.Recent.Lines(), _ => true));

    /// <summary>Each exchange as it ends, and what happens to the gateway itself, as events; until the client leaves or the gateway does.</summary>
    public async ValueTask FollowAsync(Exchange exchange)
    {
        var head = exchange.Response.BeginHead(200, default);
        head.Field("content-type"u8, "text/event-stream; charset=utf-8"u8);
        head.Field("cache-control"u8, "no-store"u8);
        exchange.Response.EndHead(ref head, -1);
        exchange.Response.Write(KeepAlive.Span);
        using var wake = new ReactorTimer(exchange.Reactor);
        var (seen, seenOfLife) = (status.Recent.Count, status.Lifecycle?.Count ?? 0);
        var isLast = false;
        for (var round = 1; !exchange.ClientHasLeft && !isLast; round++)
        {
            // Asked first, so that all that happened before is told.
            isLast = status.EndsEvents;
            foreach (var line in status.Recent.Since(ref seen))
            {
                WriteEvent(exchange, "exchange", line);
            }

            foreach (var (name, line) in status.Lifecycle?.Since(ref seenOfLife) ?? [])
            {
                WriteEvent(exchange, name, line);
            }

            if (round % CommentEvery == 0)
            {
                exchange.Response.Write(KeepAlive.Span);
            }

            if (!await exchange.Response.FlushAsync())
            {
                return;
            }

            if (!isLast)
            {
                await wake.WaitAsync(LookEveryMs);
            }
        }

        exchange.Response.End();
    }

    private static void WriteEvent(Exchange exchange, string name, byte[] line)
    {
        exchange.Response.Write(Encoding.ASCII.GetBytes($"event: {name}\ndata: "));
        exchange.Response.Write(line);
        exchange.Response.Write("\n\n"u8);
    }

    /// <summary>Writes those lines that are wanted.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<byte[]> lines, Func<byte[], bool> isWanted)
    {
        writer.WriteStartArray(name);
        foreach (var line in lines.Where(isWanted))
        {
            writer.WriteRawValue(line);
        }

        writer.WriteEndArray();
    }
}
