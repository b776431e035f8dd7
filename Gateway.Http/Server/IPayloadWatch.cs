namespace Gateway.Http.Server;

/// <summary>Sees what a response's body is made of, as it is written.</summary>
public interface IPayloadWatch
{
    /// <summary>A piece was written. Its bytes may be looked at during the call, and not changed.</summary>
    public void Wrote(ReadOnlySpan<byte> payload);
}
