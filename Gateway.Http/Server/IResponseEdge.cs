using System.Buffers;

namespace Gateway.Http.Server;

/// <summary>Stands between whoever writes a response and its client, and may say it in another dialect.</summary>
/// <remarks>It takes itself off the response while it writes for real: <see cref="ResponseWriter.Edge"/>.</remarks>
public interface IResponseEdge
{
    /// <summary>A head begins; its lines go to what is returned.</summary>
    public IBufferWriter<byte> BeginHead(int status);

    /// <summary>The head is whole.</summary>
    public void EndHead(ResponseWriter response);

    /// <summary>Payload comes.</summary>
    public void Write(ResponseWriter response, ReadOnlySpan<byte> payload);

    /// <summary>The payload is whole.</summary>
    public void End(ResponseWriter response);
}
