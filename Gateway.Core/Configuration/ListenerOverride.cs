namespace Gateway.Core.Configuration;

/// <summary>What somebody said about a field of <c>claude_gateway</c> outside the file.</summary>
/// <param name="Field">Name of the field, as in the file.</param>
/// <param name="Text">What it is to be.</param>
/// <param name="Source">Where that was said: <c>--port</c> or <c>GATEWAY_PORT</c>.</param>
public sealed record ListenerOverride(string Field, string Text, string Source);
