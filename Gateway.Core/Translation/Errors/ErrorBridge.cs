
namespace Gateway.Core.Translation.Errors;

/// <summary>From every vendor's way of telling an error to the status, type and words that Claude Code acts on.</summary>
/// <remarks>For faults only: it allocates.</remarks>
public static class ErrorBridge
{
    private const int MostSeconds = 60;

    /// <summary>Translates an answer with an error status.</summary>
    /// <param name="status">HTTP status of the provider.</param>
    /// <param name="body">Its body, decoded.</param>
    /// <param name="retryAfterMs">The pause it asks for; below 0 for none.</param>
    /// <param name="profile">How the provider differs from others.</param>
    /// <param name="estimatedInput">Input tokens as we estimate them.</param>
    public static AnthropicFault OfAnswer(int status, ReadOnlySpan<byte> body, long retryAfterMs, DialectProfile profile, long estimatedInput)
    {
        var error = ProviderError.Read(body);
        var text = SecretMask.Apply(error.Message.Length > 0 ? error.Message : $"The provider answered with status {status}.");
        if (Overflow.Read(error, status, profile, estimatedInput) is { } overflow)
        {
            return new AnthropicFault(400, "invalid_request_error", overflow);
        }

        return ErrorTable.Of(status, error) with
        {
            Message = text,
            RetryAfterSeconds = RetrySeconds(retryAfterMs, error.Message, status),
        };
    }

    /// <summary>A reasoning model had too few tokens to say anything: no error, but an empty answer that ran out of tokens.</summary>
    public static bool IsEmptyAnswer(ReadOnlySpan<byte> body) => body.IndexOf("max_tokens or model output limit was reached"u8) >= 0;

    /// <summary>Translates an error that came as a chunk, or in an answer with status 200.</summary>
    internal static AnthropicFault OfChunk(ReadOnlySpan<byte> json, DialectProfile profile, long estimatedInput)
    {
        var error = ProviderError.Read(json);
        if (Overflow.Read(error, 400, profile, estimatedInput) is { } overflow)
        {
            return new AnthropicFault(400, "invalid_request_error", overflow);
        }

        var text = SecretMask.Apply(error.Message.Length > 0 ? error.Message : "The provider failed.");
        return ErrorTable.Of(ErrorTable.StatusOf(error), error) with { Message = text, RetryAfterSeconds = RetrySeconds(-1, error.Message, 429) };
    }

    internal static AnthropicFault OfBrokenAnswer() => new(502, "api_error", "The provider's answer is no completion.");

    internal static AnthropicFault OfCutAnswer(bool isClean) => new(
        502, "api_error", isClean ? "The provider ended its answer without a reason to stop." : "The provider's connection was lost before the end of the answer.");

    internal static AnthropicFault OfFailedFinish() => new(502, "api_error", "The provider stopped because of an error of its own.");

    internal static AnthropicFault OfSilence() => new(504, "timeout_error", "The provider stopped sending and the answer was given up.");

    // Claude Code takes whole seconds, and gives up at once above sixty.
    private static int RetrySeconds(long retryAfterMs, string message, int status)
    {
        if (status is not (429 or 503 or 529))
        {
            return retryAfterMs >= 0 ? Whole(retryAfterMs) : -1;
        }

        var milliseconds = retryAfterMs >= 0 ? retryAfterMs : WaitText.Milliseconds(message);
        return milliseconds >= 0 ? Whole(milliseconds) : -1;
    }

    private static int Whole(long milliseconds) => (int)Math.Clamp((milliseconds + 999) / 1000, 1, MostSeconds);
}
