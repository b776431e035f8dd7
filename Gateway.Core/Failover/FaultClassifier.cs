using System.Text;
using Gateway.Core.Errors;

namespace Gateway.Core.Failover;

/// <summary>What happened to an attempt, as far as the next step depends on it.</summary>
public enum FaultKind : byte
{
    /// <summary>Nothing: it answers.</summary>
    None,

    /// <summary>The client left.</summary>
    ClientLeft,

    /// <summary>The time for the whole exchange is over.</summary>
    DeadlineOver,

    /// <summary>429: a pause was asked for.</summary>
    RateLimited,

    /// <summary>The provider's money is gone; waiting seconds is of no use.</summary>
    MoneyGone,

    /// <summary>It was not asked: as many exchanges were under way as its limit allows, and no place came free in time.</summary>
    Busy,

    /// <summary>The same of the limit of the key's group.</summary>
    KeyBusy,

    /// <summary>529 or 503: too many clients.</summary>
    Overloaded,

    /// <summary>Another 5xx, or an error event of that kind.</summary>
    ServerError,

    /// <summary>No connection, or it died without an answer.</summary>
    Unreachable,

    /// <summary>No head or no content in time.</summary>
    Silent,

    /// <summary>The answer broke off, or is no answer.</summary>
    Cut,

    /// <summary>401, or 403 that is about it: our key is refused.</summary>
    KeyRefused,

    /// <summary>Another 403: a filter before the provider, or what it takes in no request of this kind. It says nothing about the key.</summary>
    Forbidden,

    /// <summary>The conversation is longer than the provider's window.</summary>
    TooLong,

    /// <summary>A field, header or beta that the provider does not know.</summary>
    UnknownField,

    /// <summary>Any other refusal of the request itself; its wording matters to the client.</summary>
    Refused,
}

/// <summary>From a provider's error answer to what it means. The wordings are those of the vendors' documentation and of recorded answers.</summary>
public static class FaultClassifier
{
    private static readonly byte[][] MoneyWords = Words(
        "enforced_spend_limit_reached", "credit balance is too low", "credit_balance_exhausted", "insufficient_quota",
        "organization_spend_limit_exceeded", "project_spend_limit_exceeded", "organization_usage_limit_exceeded",
        "specified api usage limits", "specified workspace api usage limits", "usage_limit_reached", "billing_hard_limit_reached", "insufficient balance", "insufficient_balance", "insufficient credits", "billing_error");

    private static readonly byte[][] KeyWords = Words(
        "api key", "api_key", "apikey", "api-key", "authentication", "permission_error", "permission_denied", "credential", "unauthorized",
        "access token", "access_token", "invalid token", "invalid_token", "account", "organization", "subscription");

    private static readonly byte[][] OverloadWords = Words("overloaded_error", "overloaded", "no capacity");

    private static readonly byte[][] UnknownFieldWords = Words(
        "extra inputs are not permitted", "extra fields not permitted", "unknown field", "unrecognized field", "unrecognized request argument",
        "unknown parameter", "unsupported parameter", "invalid beta flag", "unexpected value(s)", "unrecognized key", "extra_forbidden", "additional properties are not allowed");

    /// <summary>Classifies an answer with an error status.</summary>
    /// <param name="status">HTTP status of at least 400.</param>
    /// <param name="body">The answer's body, as far as it was read.</param>
    public static FaultKind OfAnswer(int status, ReadOnlySpan<byte> body)
    {
        var text = Lowered(body);
        if (status == 402 || (status is 400 or 403 or 429 && HasAny(text, MoneyWords)))
        {
            return FaultKind.MoneyGone;
        }

        return status switch
        {
            400 or 413 or 422 when OverflowWords.Say(Encoding.UTF8.GetString(text)) => FaultKind.TooLong,
            400 or 422 when HasAny(text, UnknownFieldWords) => FaultKind.UnknownField,
            401 => FaultKind.KeyRefused,
            403 => IsAboutKey(text) ? FaultKind.KeyRefused : FaultKind.Forbidden,
            408 => FaultKind.Silent,
            429 => FaultKind.RateLimited,
            503 or 529 => FaultKind.Overloaded,
            500 when HasAny(text, OverloadWords) => FaultKind.Overloaded,
            >= 500 => FaultKind.ServerError,
            _ => FaultKind.Refused,
        };
    }

    /// <summary>Classifies an error that came under status 200 instead of content.</summary>
    /// <param name="type">Its <c>error.type</c>.</param>
    /// <param name="body">The answer's body, as far as it was read: a type alone does not tell an empty account, or a prompt that is too long.</param>
    public static FaultKind OfError(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        var kind = OfErrorType(type);
        var text = Lowered(body);
        return kind == FaultKind.RateLimited && HasAny(text, MoneyWords) ? FaultKind.MoneyGone
            : kind == FaultKind.Refused && OverflowWords.Say(Encoding.UTF8.GetString(text)) ? FaultKind.TooLong
            : kind;
    }

    /// <summary>Classifies an error event by its <c>error.type</c>.</summary>
    public static FaultKind OfErrorType(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("overloaded_error"u8) ? FaultKind.Overloaded
        : type.SequenceEqual("rate_limit_error"u8) ? FaultKind.RateLimited
        : type.SequenceEqual("billing_error"u8) ? FaultKind.MoneyGone
        : type.SequenceEqual("authentication_error"u8) || type.SequenceEqual("permission_error"u8) ? FaultKind.KeyRefused
        : type.SequenceEqual("invalid_request_error"u8) || type.SequenceEqual("not_found_error"u8) || type.SequenceEqual("request_too_large"u8)
            ? FaultKind.Refused
        : FaultKind.ServerError;

    /// <summary>What a try without an answer means.</summary>
    public static FaultKind OfAttempt(AttemptEnd end) => end switch
    {
        AttemptEnd.Answered => FaultKind.None,
        AttemptEnd.ClientLeft => FaultKind.ClientLeft,
        AttemptEnd.TimedOut => FaultKind.DeadlineOver,
        AttemptEnd.QueueTimedOut => FaultKind.Busy,
        AttemptEnd.KeyQueueTimedOut => FaultKind.KeyBusy,
        AttemptEnd.HeadTimedOut or AttemptEnd.ContentTimedOut => FaultKind.Silent,
        AttemptEnd.ResponseTruncated or AttemptEnd.ResponseMalformed or AttemptEnd.Redirected or AttemptEnd.NoMessage => FaultKind.Cut,
        _ => FaultKind.Unreachable,
    };

    // A filter's page of HTML may say anything.
    private static bool IsAboutKey(ReadOnlySpan<byte> text) => !text.TrimStart(" \t\r\n"u8).StartsWith("<"u8) && HasAny(text, KeyWords);

    private static byte[] Lowered(ReadOnlySpan<byte> body)
    {
        var text = new byte[body.Length];
        _ = Ascii.ToLower(body, text, out _);
        return text;
    }

    private static bool HasAny(ReadOnlySpan<byte> text, byte[][] words)
    {
        foreach (var word in words)
        {
            if (text.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[][] Words(params string[] words) => Array.ConvertAll(words, Encoding.ASCII.GetBytes);
}
