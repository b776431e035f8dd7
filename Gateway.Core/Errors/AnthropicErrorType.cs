namespace Gateway.Core.Errors;

/// <summary>The types of error the Anthropic API knows.</summary>
/// <remarks>Source: platform.claude.com/docs/en/api/errors, "HTTP errors".</remarks>
public enum AnthropicErrorType : byte
{
    /// <summary>500, 502, 503 and anything nobody foresaw: the one who answers failed.</summary>
    ApiError,

    /// <summary>400 and every 4xx without a type of its own.</summary>
    InvalidRequest,

    /// <summary>401: no or a wrong credential.</summary>
    Authentication,

    /// <summary>402: payment.</summary>
    Billing,

    /// <summary>403: the credential may not do this.</summary>
    Permission,

    /// <summary>404: no such model, resource or path.</summary>
    NotFound,

    /// <summary>409: it clashes with another request.</summary>
    Conflict,

    /// <summary>413: more bytes than allowed.</summary>
    RequestTooLarge,

    /// <summary>429: too many requests or tokens.</summary>
    RateLimit,

    /// <summary>504: no answer in time.</summary>
    Timeout,

    /// <summary>529: nobody has capacity just now.</summary>
    Overloaded,
}

/// <summary>Names and statuses of the error types: one table, read both ways.</summary>
public static class AnthropicErrorTypes
{
    /// <summary>The name on the wire, as UTF-8.</summary>
    public static ReadOnlySpan<byte> Name(this AnthropicErrorType type) => type switch
    {
        AnthropicErrorType.InvalidRequest => "invalid_request_error"u8,
        AnthropicErrorType.Authentication => "authentication_error"u8,
        AnthropicErrorType.Billing => "billing_error"u8,
        AnthropicErrorType.Permission => "permission_error"u8,
        AnthropicErrorType.NotFound => "not_found_error"u8,
        AnthropicErrorType.Conflict => "conflict_error"u8,
        AnthropicErrorType.RequestTooLarge => "request_too_large"u8,
        AnthropicErrorType.RateLimit => "rate_limit_error"u8,
        AnthropicErrorType.Timeout => "timeout_error"u8,
        AnthropicErrorType.Overloaded => "overloaded_error"u8,
        _ => "api_error"u8,
    };

    /// <summary>The HTTP status that goes with a type.</summary>
    public static int Status(this AnthropicErrorType type) => type switch
    {
        AnthropicErrorType.InvalidRequest => 400,
        AnthropicErrorType.Authentication => 401,
        AnthropicErrorType.Billing => 402,
        AnthropicErrorType.Permission => 403,
        AnthropicErrorType.NotFound => 404,
        AnthropicErrorType.Conflict => 409,
        AnthropicErrorType.RequestTooLarge => 413,
        AnthropicErrorType.RateLimit => 429,
        AnthropicErrorType.Timeout => 504,
        AnthropicErrorType.Overloaded => 529,
        _ => 500,
    };

    /// <summary>The type that goes with an HTTP status.</summary>
    /// <param name="status">400 to 599; the source names <c>invalid_request_error</c> for the 4xx it does not list,
    /// and 408 asks for the meaning of 504.</param>
    public static AnthropicErrorType FromStatus(int status) => status switch
    {
        401 => AnthropicErrorType.Authentication,
        402 => AnthropicErrorType.Billing,
        403 => AnthropicErrorType.Permission,
        404 => AnthropicErrorType.NotFound,
        409 => AnthropicErrorType.Conflict,
        413 => AnthropicErrorType.RequestTooLarge,
        429 => AnthropicErrorType.RateLimit,
        408 or 504 => AnthropicErrorType.Timeout,
        529 => AnthropicErrorType.Overloaded,
        >= 400 and < 500 => AnthropicErrorType.InvalidRequest,
        _ => AnthropicErrorType.ApiError,
    };
}
