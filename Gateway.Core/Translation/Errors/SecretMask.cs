using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Core.Translation.Errors;

/// <summary>Keeps credentials out of messages that are relayed.</summary>
internal static partial class SecretMask
{
    /// <summary>The text without anything like <c>sk-...</c> and without the given credential.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> text, ReadOnlySpan<byte> secret)
    {
        var masked = Encoding.UTF8.GetString(text);
        if (!secret.IsEmpty)
        {
            masked = masked.Replace(Encoding.UTF8.GetString(secret), "***", StringComparison.Ordinal);
        }

        return Encoding.UTF8.GetBytes(KeyLike().Replace(masked, "***"));
    }

    [GeneratedRegex(@"\bsk-[A-Za-z0-9_*.-]{4,}")]
    private static partial Regex KeyLike();
}
