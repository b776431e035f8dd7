namespace Gateway.Http.Wire;

/// <summary>pct-encoded = "%" HEXDIG HEXDIG (RFC 3986 section 2.1): checked, never decoded.</summary>
internal static class PercentEscapes
{
    /// <summary>Whether each percent sign begins an escape, and none stands for a control byte.</summary>
    public static bool AreValid(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'%'); at >= 0; at = text.IndexOf((byte)'%'))
        {
            text = text[at..];
            if (text.Length < 3 || !char.IsAsciiHexDigit((char)text[1]) || !char.IsAsciiHexDigit((char)text[2])
                || IsControl(text[1], text[2]))
            {
                return false;
            }

            text = text[3..];
        }

        return true;
    }

    /// <summary>Whether a byte is escaped that needs no escape: letters, digits, hyphen, period, underscore, tilde (RFC 3986 section 2.3).</summary>
    /// <param name="text">With valid escapes only.</param>
    public static bool HideUnreserved(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'%'); at >= 0; at = text.IndexOf((byte)'%'))
        {
            var value = (char)((Digit(text[at + 1]) << 4) | Digit(text[at + 2]));
            if (char.IsAsciiLetterOrDigit(value) || value is '-' or '.' or '_' or '~')
            {
                return true;
            }

            text = text[(at + 3)..];
        }

        return false;
    }

    private static int Digit(byte value) => value <= (byte)'9' ? value - '0' : (value & 0xF) + 9;

    private static bool IsControl(byte high, byte low) =>
        high is (byte)'0' or (byte)'1' || (high == (byte)'7' && low is (byte)'F' or (byte)'f');
}
