using System.Buffers;
using System.Text.Json;

namespace Gateway.Core.Translation.Answers;

/// <summary>Texts as they stand between the quotes of valid JSON: what can be known of them without undoing their escapes.</summary>
internal static class RawText
{
    /// <summary>The inside of a JSON string; empty for any other value.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json) => json is [(byte)'"', .., (byte)'"'] ? json[1..^1] : default;

    /// <summary>Nothing but white space.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'\\' && i + 1 < text.Length && text[i + 1] is (byte)'n' or (byte)'r' or (byte)'t')
            {
                i++;
            }
            else if (text[i] is not (byte)' ')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where a lone first half of an escaped surrogate pair begins at the end; the length if there is none.</summary>
    public static int HalfPair(ReadOnlySpan<byte> text)
    {
        const int EscapeLength = 6;
        if (text.Length < EscapeLength)
        {
            return text.Length;
        }

        var last = text[^EscapeLength..];
        var isHigh = last[0] == (byte)'\\' && last[1] == (byte)'u' && (last[2] | 0x20) == (byte)'d'
            && (last[3] is (byte)'8' or (byte)'9' || (last[3] | 0x20) is (byte)'a' or (byte)'b');

        // An escaped backslash before a plain "ud83d" is no escape.
        return isHigh && !IsEscaped(text, text.Length - EscapeLength) ? text.Length - EscapeLength : text.Length;
    }

    /// <summary>Undoes the escapes into a buffer.</summary>
    public static void Unescape(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        if (text.IndexOf((byte)'\\') < 0)
        {
            output.Write(text);
            return;
        }

        var quoted = new byte[text.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        text.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        _ = reader.Read();
        output.Write(System.Text.Encoding.UTF8.GetBytes(reader.GetString()!));
    }

    private static bool IsEscaped(ReadOnlySpan<byte> text, int at)
    {
        var backslashes = 0;
        while (at - backslashes - 1 >= 0 && text[at - backslashes - 1] == (byte)'\\')
        {
            backslashes++;
        }

        return backslashes % 2 == 1;
    }
}
