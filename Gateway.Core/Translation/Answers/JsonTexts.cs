using System.Text.Json;
using System.Text.Encodings.Web;

namespace Gateway.Core.Translation.Answers;

/// <summary>Text on its way into a JSON string; for rare cases, since it allocates.</summary>
internal static class JsonTexts
{
    /// <summary>The text with its escapes, without quotes.</summary>
    public static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> text) =>
        JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
}
