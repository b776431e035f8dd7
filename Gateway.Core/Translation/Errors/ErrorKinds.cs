using System.Text;

namespace Gateway.Core.Translation.Errors;

/// <summary>Words in the codes and types of vendors' errors: what HTTP status means the same. Needed where the answer's own status says nothing.</summary>
/// <remarks>OpenAI, Anthropic, Gemini (google.rpc.Code), xAI, Mistral, Moonshot, Cerebras, vLLM.</remarks>
internal static class ErrorKinds
{
    // The first that is found counts: whoever says both "invalid request" and "rate limit" means the limit.
    private static readonly (string Word, int Status)[] Words =
    [
        ("insufficient_quota", 402),
        ("exceeded_current_quota", 402),
        ("billing", 402),
        ("rate_limit", 429),
        ("too_many_requests", 429),
        ("quota_exceeded", 429),
        ("capacity_exceeded", 429),
        ("resource_exhausted", 429),
        ("overloaded", 529),
        ("unavailable", 529),
        ("timeout", 504),
        ("deadline_exceeded", 504),
        ("invalid_api_key", 401),
        ("authentication", 401),
        ("unauthenticated", 401),
        ("permission", 403),
        ("not_found", 404),
        ("too_large", 413),
        ("bad_request", 400),
        ("badrequest", 400),
        ("invalid_", 400),
    ];

    /// <summary>The status; 0 if no word is known.</summary>
    /// <param name="kind">Codes and types, UTF-8.</param>
    public static int StatusOf(ReadOnlySpan<byte> kind)
    {
        var text = Encoding.UTF8.GetString(kind).Replace('-', '_');
        return Array.Find(Words, entry => text.Contains(entry.Word, StringComparison.OrdinalIgnoreCase)).Status;
    }
}
