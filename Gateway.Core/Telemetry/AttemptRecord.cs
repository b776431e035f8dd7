namespace Gateway.Core.Telemetry;

/// <summary>The facts of one attempt to have a provider answer. Times in microseconds since the request's first byte was read.</summary>
public struct AttemptRecord
{
    /// <summary>Id of its span, which the provider was told.</summary>
    public ulong Span;

    /// <summary>Name of the provider.</summary>
    public string Provider;

    /// <summary>The model it was asked for, as a JSON string; empty for the client's.</summary>
    public ReadOnlyMemory<byte> Model;

    /// <summary>Status of its answer; 0 if it gave none.</summary>
    public int Status;

    /// <summary>What failed, as logs and metrics name it; null if nothing did.</summary>
    public string? Fault;

    /// <summary>The provider was chosen.</summary>
    public long StartMicroseconds;

    /// <summary>It was over.</summary>
    public long EndMicroseconds;
}
