using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Failover;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>From what happened on the wire to an outcome with a culprit.</summary>
internal static class FailureMapper
{
    private static ReadOnlySpan<byte> Html => "text/html"u8;

    public static AttemptOutcome OfRent(ProxyContext context) => new(
        context.Lease.IsCanceled ? OfCancel(context) : context.Lease.Failure.Kind switch
        {
            ConnectFailureKind.NameNotResolved => AttemptEnd.NameNotResolved,
            ConnectFailureKind.AddressForbidden => AttemptEnd.AddressForbidden,
            ConnectFailureKind.ConnectTimeout => AttemptEnd.ConnectTimedOut,
            ConnectFailureKind.LeadsBack => AttemptEnd.LeadsBack,
            ConnectFailureKind.TlsFailed => AttemptEnd.TlsFailed,
            ConnectFailureKind.TlsTimeout => AttemptEnd.TlsTimedOut,
            _ => AttemptEnd.ConnectFailed,
        });

    public static AttemptOutcome OfHead(HeadOutcome head, ProxyContext context) => new(
        head == HeadOutcome.Received ? AttemptEnd.Answered
        : context.Lease.IsCanceled ? OfCancel(context)
        : head switch
        {
            HeadOutcome.NothingReceived => AttemptEnd.NoResponse,
            HeadOutcome.Truncated => AttemptEnd.ResponseTruncated,
            _ => AttemptEnd.ResponseMalformed,
        });

    /// <summary>The same where an answer to a message is due: one that is none is no success, whatever its status says.</summary>
    public static AttemptOutcome OfMessageHead(HeadOutcome head, ProxyContext context)
    {
        var outcome = OfHead(head, context);
        return !outcome.IsAnswered ? outcome
            : context.Lease.Connection!.Head is { Status: >= 300 and < 400 } ? new(AttemptEnd.Redirected)
            : context.Provider!.Dialect == Dialect.Anthropic && HoldsNoMessage(context.Lease.Connection.Head) ? new(AttemptEnd.NoMessage)
            : outcome;
    }

    private static bool HoldsNoMessage(ResponseHead head) =>
        head.Status < 300
        && (head.Framing.Kind == FramingKind.None
            || head.Framing is { Kind: FramingKind.Length, Length: 0 }
            || (head.Headers.TryGet(KnownHeader.ContentType, out var type) && Ascii.EqualsIgnoreCase(type[..Math.Min(type.Length, Html.Length)], Html)));

    /// <summary>Who ended the wait: our clocks, or the client.</summary>
    public static AttemptEnd OfCancel(ProxyContext context) =>
        context.HasTimedOut ? AttemptEnd.TimedOut
        : context.Clock.HasRung ? context.Clock.End
        : AttemptEnd.ClientLeft;
}
