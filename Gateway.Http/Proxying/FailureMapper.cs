using Gateway.Core.Failover;
using Gateway.Http.Upstream;

namespace Gateway.Http.Proxying;

/// <summary>From what happened on the wire to an outcome with a culprit.</summary>
internal static class FailureMapper
{
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

    /// <summary>Who ended the wait: our clocks, or the client.</summary>
    public static AttemptEnd OfCancel(ProxyContext context) =>
        context.HasTimedOut ? AttemptEnd.TimedOut
        : context.Clock.HasRung ? context.Clock.End
        : AttemptEnd.ClientLeft;
}
