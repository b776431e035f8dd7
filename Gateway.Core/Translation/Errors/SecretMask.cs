using System.Text.RegularExpressions;

namespace Gateway.Core.Translation.Errors;

/// <summary>Vendors repeat keys in their errors: what looks like one is masked before it goes anywhere.</summary>
internal static partial class SecretMask
{
    /// <summary>The text without anything that looks like a key.</summary>
    public static string Apply(string text) => Keys().Replace(text, "***");

    [GeneratedRegex(@"\b(sk|gsk|csk|xai|pk|rk|key|AIza)[-_][A-Za-z0-9_\-*.]{6,}|\bBearer\s+[A-Za-z0-9_\-.]{8,}|\bAIza[A-Za-z0-9_\-]{20,}", RegexOptions.IgnoreCase)]
    private static partial Regex Keys();
}
