namespace Gateway.Core.Errors;

/// <summary>What is said in the middle of a stream when it cannot go on: ready-made events.</summary>
/// <remarks>The relay sends <see cref="CloseHalfEvent"/> if the tap is not at an event boundary, then one of the
/// events, then cuts the connection without the last chunk.</remarks>
public static class RelayFault
{
    /// <summary>Ends the line and the event that were cut.</summary>
    public static ReadOnlySpan<byte> CloseHalfEvent => "\n\n"u8;

    /// <summary>The provider closed the connection before the end of its answer.</summary>
    public static ReadOnlySpan<byte> ProviderCut =>
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"The provider's connection was lost before the end of the answer.\"}}\n\n"u8;

    /// <summary>The provider sent nothing for too long.</summary>
    public static ReadOnlySpan<byte> ProviderSilent =>
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"timeout_error\",\"message\":\"The provider stopped sending and the answer was given up.\"}}\n\n"u8;

    /// <summary>The provider's bytes break the rules of HTTP or of its compression.</summary>
    public static ReadOnlySpan<byte> ProviderGarbled =>
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"The provider's answer is damaged and cannot be relayed.\"}}\n\n"u8;

    /// <summary>No content was sent yet and nobody can take over: Claude Code streams again on this one.</summary>
    public static ReadOnlySpan<byte> Overloaded =>
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"No provider can go on with this answer right now.\"}}\n\n"u8;

    /// <summary>The gateway itself is being stopped.</summary>
    public static ReadOnlySpan<byte> GatewayStopping =>
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"The gateway is being restarted.\"}}\n\n"u8;
}
