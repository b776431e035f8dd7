using System.Text;
using System.Text.RegularExpressions;
using Gateway.Core.Errors;

namespace Gateway.Core.Translation.Errors;

/// <summary>A provider's error in any shape to Anthropic's: status, type and words keep their meaning.</summary>
public static partial class ErrorBridge
{
    /// <summary>Translates an answer with an error status, or a 2xx one whose body is no answer.</summary>
    /// <param name="upstreamStatus">The provider's status.</param>
    /// <param name="body">Its body, decoded.</param>
    /// <param name="retryAfterMs">The pause its fields ask for; below 0 for none.</param>
    /// <param name="profile">What the provider is like.</param>
    /// <param name="estimatedInput">The prompt's estimated size, tokens.</param>
    /// <param name="secret">The provider's key: it never gets into a message.</param>
    /// <param name="untilResetMs">When its rate limits are whole again, for want of better advice; below 0 if unknown.</param>
    public static AnthropicFault Translate(
        int upstreamStatus,
        ReadOnlySpan<byte> body,
        long retryAfterMs,
        DialectProfile profile,
        long estimatedInput,
        ReadOnlySpan<byte> secret,
        long untilResetMs = -1)
    {
        var error = ErrorBody.Read(body);
        var status = upstreamStatus is >= 400 and <= 599 ? upstreamStatus : StatusOf(error);
        if (Overflow(status, error, body.IsEmpty, profile, estimatedInput) is { } overflow)
        {
            return new AnthropicFault(400, AnthropicErrorType.InvalidRequest, overflow, -1, false);
        }

        if (IsBilling(status, error))
        {
            return new AnthropicFault(402, AnthropicErrorType.Billing, Words(error, 402, secret), -1, false);
        }

        if (status == 401 || (status == 400 && IsCredential(error)))
        {
            // The gateway's own key: a 401 would be taken for the user's.
            return new AnthropicFault(502, AnthropicErrorType.ApiError, Words(error, 401, secret), -1, false);
        }

        var (mapped, type) = Map(status, error);
        var retry = mapped is 429 or >= 500 ? RetryAdvice.Seconds(retryAfterMs >= 0 ? retryAfterMs : error.RetryDelayMs, error.Message, mapped == 429 ? untilResetMs : -1) : -1;
        return new AnthropicFault(mapped, type, Words(error, upstreamStatus, secret), retry);
    }

    /// <summary>Translates an error inside a stream, or inside an answer of status 200.</summary>
    public static AnthropicFault FromStream(ReadOnlySpan<byte> payload, DialectProfile profile, long estimatedInput, ReadOnlySpan<byte> secret) =>
        Translate(200, payload, -1, profile, estimatedInput, secret);

    /// <summary>The words that make Claude Code compact, for a conversation that a provider of Anthropic's dialect found too long.</summary>
    /// <param name="body">What the provider said.</param>
    /// <param name="estimatedInput">The prompt's estimated size, tokens.</param>
    /// <param name="window">The provider's context window, tokens; 0 if unknown.</param>
    /// <returns>Null if its own words do.</returns>
    public static byte[]? TooLongWords(ReadOnlySpan<byte> body, long estimatedInput, long window)
    {
        var error = ErrorBody.Read(body);
        return ContextOverflow.IsUnderstood(error)
            ? null
            : ContextOverflow.Message(error, estimatedInput, window) ?? ContextOverflow.TooLong(estimatedInput, window);
    }

    /// <summary>Says so in the same words where no provider had to be asked.</summary>
    public static byte[] TooLongWords(long estimatedInput, long window) => ContextOverflow.TooLong(estimatedInput, window);

    /// <summary>The error that an answer without any content is, if its prompt filled the window: Z.AI and Ollama say nothing of it.</summary>
    /// <param name="prompt">Tokens of the prompt.</param>
    /// <param name="window">The model's context window, tokens; 0 if unknown.</param>
    public static AnthropicFault? SilentOverflow(long prompt, long window) =>
        ContextOverflow.Silent(prompt, window) is { } words ? new AnthropicFault(400, AnthropicErrorType.InvalidRequest, words, -1, false) : null;

    /// <summary>Whether an error only says that the limit of output tokens left no room: an empty answer, not a failure.</summary>
    /// <remarks>OpenAI's reasoning models say so; Claude Code asks for one token to see whether a model is there.</remarks>
    public static bool IsOutputLimit(ReadOnlySpan<byte> body) =>
        body.IndexOf("max_tokens or model output limit was reached"u8) >= 0;

    /// <summary>An error that the provider did not put into words.</summary>
    public static AnthropicFault Broken(ReadOnlySpan<byte> message) =>
        new(502, AnthropicErrorType.ApiError, message.ToArray());

    /// <summary>A provider that stopped sending in the middle of its answer.</summary>
    public static AnthropicFault Silent() =>
        new(504, AnthropicErrorType.Timeout, "The provider stopped sending and the answer was given up."u8.ToArray());

    private static byte[]? Overflow(int status, ErrorBody error, bool isSilent, DialectProfile profile, long estimatedInput)
    {
        if (isSilent && status is 400 or 413 && profile.ContextWindow > 0 && estimatedInput > profile.ContextWindow)
        {
            return ContextOverflow.TooLong(estimatedInput, profile.ContextWindow);
        }

        return status is 401 or 402 or 403 or 404 or 429 ? null : ContextOverflow.Message(error, estimatedInput, profile.ContextWindow);
    }

    private static (int Status, AnthropicErrorType Type) Map(int status, ErrorBody error) => status switch
    {
        403 => (403, AnthropicErrorType.Permission),
        404 => (404, AnthropicErrorType.NotFound),
        408 => (408, AnthropicErrorType.Timeout),
        409 => (409, AnthropicErrorType.Conflict),
        413 => (413, AnthropicErrorType.RequestTooLarge),
        429 => (429, AnthropicErrorType.RateLimit),
        504 => (504, AnthropicErrorType.Timeout),
        503 or 529 => (529, AnthropicErrorType.Overloaded),
        >= 500 => (status, AnthropicErrorType.ApiError),
        400 when Has(error, "model_not_found"u8) => (404, AnthropicErrorType.NotFound),
        _ => (status == 422 ? 400 : status, AnthropicErrorType.InvalidRequest),
    };

    // In a 200 only the code or the type can say what went wrong.
    private static int StatusOf(ErrorBody error)
    {
        if (error.Code is >= 400 and <= 599)
        {
            return (int)error.Code;
        }

        var known = VendorCodes.StatusOf(error.Code, error.IsMiniMax);
        return known > 0 ? known
            : ErrorKinds.StatusOf(error.Kind) is var named and > 0 ? named
            : IsCredential(error) ? 401
            : 502;
    }

    private static bool IsBilling(int status, ErrorBody error) =>
        status == 402
        || (status is 400 or 403 or 429 && (IsQuotaGone(error) || error.Code is >= 1110 and <= 1113 || NoMoney().IsMatch(Encoding.UTF8.GetString(error.Message))));

    private static bool IsQuotaGone(ErrorBody error) => Has(error, "insufficient_quota"u8) || Has(error, "exceeded_current_quota"u8);

    private static bool IsCredential(ErrorBody error) =>
        Has(error, "invalid_api_key"u8) || BadKey().IsMatch(Encoding.UTF8.GetString(error.Message));

    private static bool Has(ErrorBody error, ReadOnlySpan<byte> word) => error.Kind.IndexOf(word) >= 0;

    private static byte[] Words(ErrorBody error, int status, ReadOnlySpan<byte> secret)
    {
        if (error.Message.IsEmpty)
        {
            return Encoding.UTF8.GetBytes(status is >= 400 and <= 599
                ? $"The provider answered with HTTP {status} and said nothing more."
                : "The provider's answer could not be understood.");
        }

        var words = SecretMask.Apply(error.Message, secret);
        return status == 401 ? [.. "The provider refused the gateway's credential: "u8, .. words] : words;
    }

    // DeepSeek, Z.AI, Moonshot, Anthropic, xAI, OpenRouter. OpenAI's "check your plan" is no such word: Gemini says it of a minute's limit.
    [GeneratedRegex(
        "insufficient (?:account )?balance|insufficient credits|credit balance is too low|used all available credits|please recharge|account is in arrears",
        RegexOptions.IgnoreCase)]
    private static partial Regex NoMoney();

    // Gemini and xAI say so with status 400.
    [GeneratedRegex("(?:incorrect|invalid) api key|api key (?:not valid|is invalid|not found)|login fail", RegexOptions.IgnoreCase)]
    private static partial Regex BadKey();
}
