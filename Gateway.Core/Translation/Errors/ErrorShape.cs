namespace Gateway.Core.Translation.Errors;

/// <summary>Tells an error from an event nobody knows, where a chunk of an answer should be.</summary>
/// <remarks>Shapes: OpenAI <c>error</c>, old vLLM and Mistral <c>object: "error"</c>, Cerebras flat, FastAPI <c>detail</c>,
/// MiniMax <c>base_resp</c>, Gemini in an array.</remarks>
internal static class ErrorShape
{
    /// <summary>Whether a payload that holds no answer is an error.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON.</exception>
    public static bool Matches(ReadOnlySpan<byte> payload)
    {
        var hasWords = false;
        var hasKind = false;
        var members = new JsonMembers(payload);
        while (members.Next())
        {
            var value = members.Value;
            if (JsonText.IsArray(payload) ? Matches(value) : IsError(members.Name, value))
            {
                return true;
            }

            hasWords |= members.Name.SequenceEqual("message"u8) && !JsonText.Content(value).IsEmpty;
            hasKind |= (members.Name.SequenceEqual("code"u8) && JsonText.HasValue(value))
                || (members.Name.SequenceEqual("type"u8) && JsonText.Content(value).EndsWith("error"u8));
        }

        return hasWords && hasKind;
    }

    private static bool IsError(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name switch
    {
        _ when name.SequenceEqual("error"u8) || name.SequenceEqual("detail"u8) => JsonText.HasValue(value),
        _ when name.SequenceEqual("base_resp"u8) => JsonText.Number(JsonMembers.Find(value, "status_code"u8)) > 0,
        _ when name.SequenceEqual("object"u8) || name.SequenceEqual("type"u8) => JsonText.Content(value).SequenceEqual("error"u8),
        _ => false,
    };
}
