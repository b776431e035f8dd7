using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;

namespace Gateway.Core.Translation;

/// <summary>Strings and numbers of JSON, read from their raw bytes.</summary>
internal static class JsonText
{
    private const int EscapeBlock = 512;

    /// <summary>Whether a raw value is an object.</summary>
    public static bool IsObject(ReadOnlySpan<byte> value) => !value.IsEmpty && value[0] == '{';

    /// <summary>Whether a raw value is an array.</summary>
    public static bool IsArray(ReadOnlySpan<byte> value) => !value.IsEmpty && value[0] == '[';

    /// <summary>Whether a raw value is there and not <c>null</c>.</summary>
    public static bool HasValue(ReadOnlySpan<byte> value) => !value.IsEmpty && value[0] != 'n';

    /// <summary>What a raw string holds between its quotes, still escaped; empty for anything else.</summary>
    public static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> value) =>
        value.Length >= 2 && value[0] == '"' ? value[1..^1] : default;

    /// <summary>A number, also one in a string or with a fraction; -1 for anything else.</summary>
    public static long Number(ReadOnlySpan<byte> value)
    {
        var digits = value.Length >= 2 && value[0] == '"' ? value[1..^1] : value;
        if (Utf8Parser.TryParse(digits, out long whole, out var used) && used == digits.Length)
        {
            return whole;
        }

        return Utf8Parser.TryParse(digits, out double real, out used) && used == digits.Length && real is >= 0 and < 1e15
            ? (long)real
            : -1;
    }

    /// <summary>Appends escaped text as UTF-8. The first half of a surrogate pair waits for the second one.</summary>
    /// <param name="escaped">Valid content of a JSON string.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="high">The half that waits, from one piece of a text to the next; 0 for none.</param>
    public static void Unescape(ReadOnlySpan<byte> escaped, IBufferWriter<byte> output, ref char high)
    {
        while (!escaped.IsEmpty)
        {
            var at = escaped.IndexOf((byte)'\\');
            var plain = at < 0 ? escaped : escaped[..at];
            if (!plain.IsEmpty)
            {
                Settle(output, ref high);
                output.Write(plain);
            }

            if (at < 0)
            {
                return;
            }

            var isLong = escaped[at + 1] == 'u';
            WriteEscape(escaped[(at + 1)..], output, ref high);
            escaped = escaped[(at + (isLong ? 6 : 2))..];
        }
    }

    /// <summary>Writes text as the content of a JSON string.</summary>
    public static void WriteEscaped(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, output.GetSpan(EscapeBlock), out var read, out var written);
            output.Advance(written);
            text = text[read..];
        }
    }

    /// <summary>Whether there is nothing to see in a text.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(" \t\r\n"u8);

    private static void WriteEscape(ReadOnlySpan<byte> escape, IBufferWriter<byte> output, ref char high)
    {
        if (escape[0] == 'u')
        {
            WriteUnit(Utf8Parser.TryParse(escape.Slice(1, 4), out ushort unit, out _, 'x') ? (char)unit : '\uFFFD', output, ref high);
            return;
        }

        Settle(output, ref high);
        output.Write([escape[0] switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'t' => (byte)'\t',
            (byte)'r' => (byte)'\r',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            var other => other,
        }]);
    }

    private static void WriteUnit(char unit, IBufferWriter<byte> output, ref char high)
    {
        if (high != 0 && char.IsLowSurrogate(unit))
        {
            WriteRune(new Rune(high, unit), output);
            high = '\0';
            return;
        }

        Settle(output, ref high);
        if (char.IsHighSurrogate(unit))
        {
            high = unit;
            return;
        }

        WriteRune(char.IsSurrogate(unit) ? Rune.ReplacementChar : new Rune(unit), output);
    }

    private static void Settle(IBufferWriter<byte> output, ref char high)
    {
        if (high != 0)
        {
            high = '\0';
            WriteRune(Rune.ReplacementChar, output);
        }
    }

    private static void WriteRune(Rune rune, IBufferWriter<byte> output) =>
        output.Advance(rune.EncodeToUtf8(output.GetSpan(4)));
}
