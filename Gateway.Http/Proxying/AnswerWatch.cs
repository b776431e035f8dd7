using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Follows answers where traffic is captured. One per context.</summary>
internal sealed class AnswerWatch(Reactor reactor, bool keepsBodies) : IPayloadWatch
{
    private long _startedAt;

    /// <summary>What it saw.</summary>
    public AnswerTrail Trail { get; } = new(keepsBodies);

    /// <summary>Follows the exchange from here on.</summary>
    public void Follow(Exchange exchange, ProxyContext context)
    {
        var scanned = context.Scanner.Result;
        Trail.Begin(scanned.IsStreaming, scanned.Messages, scanned.Tools, context.Body);
        _startedAt = exchange.StartedAt;
        exchange.Response.Watch = this;
    }

    /// <inheritdoc />
    public void Wrote(ReadOnlySpan<byte> payload) =>
        Trail.Add(payload, reactor.Turn, (long)reactor.Time.GetElapsedTime(_startedAt, reactor.Time.GetTimestamp()).TotalMicroseconds);
}
