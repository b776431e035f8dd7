namespace Gateway.Core.Translation.Errors;

/// <summary>Statuses and types, from the vendors' to Anthropic's.</summary>
internal static class ErrorTable
{
    private static readonly string[] BillingCodes =
    [
        "insufficient_quota", "1110", "1111", "1112", "1113", "1008", "insufficient_balance", "billing_hard_limit_reached", "credit_balance_exhausted",
        "organization_spend_limit_exceeded", "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "insufficient_credits",
    ];

    private static readonly string[] BillingWords = ["insufficient balance", "insufficient credit", "credit balance", "exceeded your current quota", "out of credits"];

    /// <summary>The fault of a status; its message is filled in later.</summary>
    public static AnthropicFault Of(int status, ProviderError error)
    {
        if (status == 402 || (status is 400 or 403 or 429 && IsBilling(error)))
        {
            return new AnthropicFault(402, "billing_error", "", ShouldRetry: false);
        }

        return status switch
        {
            // Ours, not the client's: a client that reads 401 asks its user for another key.
            401 => new AnthropicFault(502, "api_error", "", ShouldRetry: false),
            403 => new AnthropicFault(403, "permission_error", ""),
            404 => new AnthropicFault(404, "not_found_error", ""),
            408 or 504 => new AnthropicFault(status, "timeout_error", ""),
            409 => new AnthropicFault(409, "conflict_error", ""),
            413 => new AnthropicFault(413, "request_too_large", ""),
            429 => new AnthropicFault(429, "rate_limit_error", ""),
            503 or 529 => new AnthropicFault(529, "overloaded_error", ""),
            >= 500 and < 599 => new AnthropicFault(status, "api_error", ""),
            >= 400 and < 500 => new AnthropicFault(400, "invalid_request_error", ""),
            _ => new AnthropicFault(502, "api_error", ""),
        };
    }

    /// <summary>The status that an error without one stands for: its code, or what its type says.</summary>
    public static int StatusOf(ProviderError error)
    {
        if (int.TryParse(error.Code, out var code) && code is >= 400 and < 600)
        {
            return code;
        }

        var words = $"{error.Type} {error.Code} {error.Message}".ToLowerInvariant();
        return IsBilling(error) ? 402
            : words.Contains("overloaded", StringComparison.Ordinal) ? 529
            : words.Contains("rate_limit", StringComparison.Ordinal) || words.Contains("rate limit", StringComparison.Ordinal) ? 429
            : words.Contains("invalid_request", StringComparison.Ordinal) ? 400
            : 500;
    }

    private static bool IsBilling(ProviderError error) =>
        BillingCodes.Contains(error.Code) || BillingCodes.Contains(error.Type)
        || BillingWords.Any(word => error.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
