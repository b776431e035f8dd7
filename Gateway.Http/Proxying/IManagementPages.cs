using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>The pages beside the API, such as /health; the process provides them.</summary>
public interface IManagementPages
{
    /// <summary>Writes the whole response if the path is one of its pages; on the exchange's reactor.</summary>
    public bool TryAnswer(Exchange exchange);
}
