using System.Buffers;

namespace Gateway.Http.Server;

/// <summary>Looks at each piece of a request body as it arrives.</summary>
public interface IBodySink
{
    /// <summary>New bytes; valid during the call only.</summary>
    public void Receive(in ReadOnlySequence<byte> bytes);
}
