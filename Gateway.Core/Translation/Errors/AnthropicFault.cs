using Gateway.Core.Errors;

namespace Gateway.Core.Translation.Errors;

/// <summary>An error as the client is told.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The error's type.</param>
/// <param name="Message">For people, UTF-8; no secrets.</param>
/// <param name="RetryAfterSeconds">When to try again, seconds; -1 for no advice.</param>
/// <param name="ShouldRetry">Whether to try again; null for no advice.</param>
public readonly record struct AnthropicFault(
    int Status,
    AnthropicErrorType Type,
    ReadOnlyMemory<byte> Message,
    int RetryAfterSeconds = -1,
    bool? ShouldRetry = null);
