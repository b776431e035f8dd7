namespace Gateway.Core.Translation.Errors;

/// <summary>An error as the client is to read it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Type in Anthropic's words.</param>
/// <param name="Message">For people; the provider's own words where there are any.</param>
/// <param name="RetryAfterSeconds">From 1 to 60; below 0 for none.</param>
/// <param name="ShouldRetry">For x-should-retry; null for nothing.</param>
public sealed record AnthropicFault(int Status, string Type, string Message, int RetryAfterSeconds = -1, bool? ShouldRetry = null);
