using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>The pages beside the API, such as /health; the process provides them.</summary>
public interface IManagementPages
{
    /// <summary>The path is one of its pages.</summary>
    public bool Owns(ReadOnlySpan<byte> path);

    /// <summary>The page tells whether the gateway lives, and may be asked for by anybody.</summary>
    public bool IsPublic(ReadOnlySpan<byte> path);

    /// <summary>Writes the whole response, on the exchange's reactor.</summary>
    public ValueTask AnswerAsync(Exchange exchange);
}
