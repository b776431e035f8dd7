using Gateway.Http.Wire;

namespace Gateway.Http.Server;

/// <summary>Answers the requests of one reactor; only called on its thread.</summary>
public interface IRequestHandler
{
    /// <summary>Answers a request; when the task ends, the response is complete or was given up.</summary>
    public ValueTask HandleAsync(Exchange exchange);

    /// <summary>Writes the answer to bytes that are no acceptable request; the connection is closed afterwards.</summary>
    public void Refuse(Exchange exchange, RejectReason reason);

    /// <summary>A bug surfaced while answering; the connection is closed.</summary>
    public void Failed(Exchange exchange, Exception exception);
}
