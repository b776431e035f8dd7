using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Core.Admission;
using Gateway.Core.Analysis;
using Gateway.Core.Telemetry;
using Gateway.Http.Body;
using Gateway.Http.Coding;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Receives a request's body whole, decoded and scanned once, and answers what can't be understood.</summary>
internal static class BodyAnalysis
{
    private const int MostExpansion = 100;

    /// <summary>True if the body is there and its JSON is sound; else the refusal has been written.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public static async ValueTask<bool> ReceiveAsync(Exchange exchange, ProxyContext context) =>
        await ReceiveBytesAsync(exchange, context, scans: true) && CheckJson(exchange, context);

    /// <summary>True if the body is there, decoded; else the refusal has been written.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public static async ValueTask<bool> ReceiveBytesAsync(Exchange exchange, ProxyContext context, bool scans)
    {
        var coding = CodingOf(exchange.Request);
        if (coding == ContentCoding.Unsupported)
        {
            RefusalWriter.Write(
                exchange.Response, 415, "content-encoding: this coding is not supported; send gzip, deflate, br, zstd or none."u8,
                context.RequestId, "accept-encoding"u8, ContentCodings.Accepted);
            return false;
        }

        context.ScansOnArrival = scans && coding == ContentCoding.Identity;
        var status = await exchange.Body.ReceiveAsync(context);
        if (status != BodyStatus.Complete)
        {
            RefuseBroken(exchange, context, status);
            return false;
        }

        context.Body = exchange.Body.Received;
        return coding == ContentCoding.Identity || Decode(exchange, context, coding, scans);
    }

    private static ContentCoding CodingOf(RequestHead request) =>
        request.Headers.TryGet(KnownHeader.ContentEncoding, out var value) ? ContentCodings.Parse(value) : ContentCoding.Identity;

    private static bool Decode(Exchange exchange, ProxyContext context, ContentCoding coding, bool scans)
    {
        var room = exchange.Body.RoomLeft;
        var status = BodyDecoder.Decode(context.Body, coding, context.Decoded, Math.Min(context.Snapshot.MaxBodyBytes, room), MostExpansion);
        if ((status == DecodeStatus.TooLarge && room < context.Snapshot.MaxBodyBytes) || (status == DecodeStatus.Done && !exchange.Body.TryHold(context.Decoded.Length)))
        {
            RefuseBroken(exchange, context, BodyStatus.NoRoom);
            return false;
        }

        if (status == DecodeStatus.Done)
        {
            context.IsDecoded = true;
            context.Body = context.Decoded.Content;
            if (scans)
            {
                context.Scan(context.Body);
            }

            return true;
        }

        switch (status)
        {
            case DecodeStatus.Corrupt:
                Refuse(exchange, context, 400, "The body is not valid in its content-encoding."u8);
                break;
            case DecodeStatus.Bomb:
                Refuse(exchange, context, 413, "The body expands more than a hundredfold when it is decoded; send it without content-encoding."u8);
                break;
            default:
                Refuse(exchange, context, 413, "The decoded body is too large; raise max_request_size_mb or send less."u8);
                break;
        }

        return false;
    }

    /// <summary>True if what was scanned is a JSON object; else the refusal has been written.</summary>
    public static bool CheckJson(Exchange exchange, ProxyContext context)
    {
        if (context.Scanner.Complete() == ScanStatus.Done)
        {
            return true;
        }

        Refuse(exchange, context, 400, Encoding.UTF8.GetBytes(Describe(context.Scanner)));
        return false;
    }

    private static string Describe(RequestScanner scanner) =>
        $"The body is not a JSON object: {scanner.Error switch
        {
            ScanError.NotAnObject => "it is another kind of value",
            ScanError.TooDeep => "it is nested too deeply",
            ScanError.Truncated => "it ends too early",
            ScanError.ControlByteInString => "a string holds a control byte",
            ScanError.InvalidEscape => "a string holds an invalid escape",
            _ => "a byte is out of place",
        }} at byte {scanner.ErrorOffset}.";

    /// <summary>Answers a request whose body did not arrive whole.</summary>
    public static void RefuseBroken(Exchange exchange, ProxyContext context, BodyStatus status)
    {
        switch (status)
        {
            case BodyStatus.TooLarge:
                Refuse(exchange, context, 413, RejectReasons.TextOf(RejectReason.BodyTooLarge));
                break;
            case BodyStatus.NoRoom:
                // The moment spreads them, so that not all come again at once.
                context.Outcome = ExchangeOutcome.GatewayFault;
                RefusalWriter.WriteOverloaded(
                    exchange, context, "The gateway has no memory for a request of this size at the moment."u8,
                    OverloadLadder.RetryAfterSeconds(exchange.Reactor.NowMs % 1000 / 1000.0));
                break;
            case BodyStatus.Truncated:
                context.Outcome = ExchangeOutcome.ClientAborted;
                exchange.Response.Abandon();
                break;
            default:
                var fault = exchange.Body.Fault;
                Refuse(exchange, context, RejectReasons.StatusOf(fault), RejectReasons.TextOf(fault));
                exchange.Response.CloseAfterwards();
                break;
        }
    }

    private static void Refuse(Exchange exchange, ProxyContext context, int status, ReadOnlySpan<byte> message)
    {
        context.Outcome = ExchangeOutcome.ClientFault;
        RefusalWriter.Write(exchange.Response, status, message, context.RequestId);
    }
}
