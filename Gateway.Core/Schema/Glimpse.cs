using System.Globalization;
using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>Shows an operator what stands in a wrong place, but no more than a glimpse: it may be a key.</summary>
internal static class Glimpse
{
    private const int Whole = 24;

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.String => Of(value.GetString()!),
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Number when value.GetRawText().Length > Whole => "a long number",
        _ => value.GetRawText(),
    };

    /// <summary>A short text whole; of a long one, or one that looks like a credential, only its length.</summary>
    public static string Of(string text) =>
        text.Length <= Whole && !LooksLikeCredential(text)
            ? $"\"{Printable(text)}\""
            : string.Create(CultureInfo.InvariantCulture, $"a text of {text.Length} characters");

    /// <summary>Without what would move a terminal's cursor or break a log line.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    private static bool LooksLikeCredential(string text) =>
        text.StartsWith("sk-", StringComparison.OrdinalIgnoreCase) || text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || text.Contains('@');
}
