using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Core.Translation.Errors;

/// <summary>Keeps credentials out of messages that are relayed.</summary>
internal static partial class SecretMask
{
    /// <summary>The text without anything like the keys of known vendors and without the given credential.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> text, ReadOnlySpan<byte> secret)
    {
        var masked = Encoding.UTF8.GetString(text);
        if (!secret.IsEmpty)
        {
            masked = masked.Replace(Encoding.UTF8.GetString(secret), "***", StringComparison.Ordinal);
        }

        return Encoding.UTF8.GetBytes(KeyLike().Replace(masked, "***"));
    }

    // OpenAI, DeepSeek and others; Cerebras; Groq; xAI; Google.
    [GeneratedRegex(@"\b(?:c?sk-[A-Za-z0-9_*.-]{4,}|(?:gsk_|xai-|AIza)[A-Za-z0-9_*.-]{20,})")]
    private static partial Regex KeyLike();
}
