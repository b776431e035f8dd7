using System.Text;
using System.Text.Json;

namespace Gateway.Core.Translation.Errors;

/// <summary>What a vendor's error says, whatever its shape: <c>error</c> as an object or a text, flat, in a list, as <c>detail</c>, as <c>base_resp</c>, or HTML.</summary>
/// <param name="Message">For people; empty if there is none.</param>
/// <param name="Type">Its type.</param>
/// <param name="Code">Its code, a number as text too.</param>
/// <param name="PromptTokens">Tokens of the prompt, where a field tells; 0 otherwise.</param>
/// <param name="WindowTokens">Tokens of the window, likewise.</param>
internal sealed record ProviderError(string Message, string Type, string Code, long PromptTokens = 0, long WindowTokens = 0)
{
    private static readonly ProviderError Empty = new("", "", "");

    /// <summary>Reads a body.</summary>
    public static ProviderError Read(ReadOnlySpan<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToArray());
            return OfElement(document.RootElement);
        }
        catch (JsonException)
        {
            // HTML is never passed on; a short plain text is.
            var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 500)]).Trim();
            return text.Length == 0 || text.Contains('<') ? Empty : Empty with { Message = text };
        }
    }

    private static ProviderError OfElement(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return root.GetArrayLength() > 0 ? OfElement(root[0]) : Empty;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return root.ValueKind == JsonValueKind.String ? Empty with { Message = root.GetString()! } : Empty;
        }

        if (root.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object && response.TryGetProperty("error", out _))
        {
            return OfElement(response);
        }

        if (root.TryGetProperty("error", out var error))
        {
            return error.ValueKind switch
            {
                JsonValueKind.Object => OfObject(error),
                JsonValueKind.String => Empty with { Message = error.GetString()!, Code = Text(root, "code"), Type = Text(root, "type") },
                _ => OfObject(root),
            };
        }

        return root.TryGetProperty("base_resp", out var resp) && resp.ValueKind == JsonValueKind.Object
            ? new ProviderError(Text(resp, "status_msg"), "", Text(resp, "status_code"))
            : OfObject(root);
    }

    private static ProviderError OfObject(JsonElement error)
    {
        var message = Text(error, "message");
        message = message.Length > 0 ? message : Detail(error);
        if (error.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object && Text(metadata, "raw") is { Length: > 0 } raw)
        {
            message = $"{message}: {raw}";
        }

        return new ProviderError(message, Text(error, "type"), Text(error, "code"), Number(error, "n_prompt_tokens"), Number(error, "n_ctx"));
    }

    // FastAPI: a text, or a list of {loc, msg}.
    private static string Detail(JsonElement error)
    {
        if (!error.TryGetProperty("detail", out var detail))
        {
            return "";
        }

        return detail.ValueKind switch
        {
            JsonValueKind.String => detail.GetString()!,
            JsonValueKind.Array => string.Join("; ", detail.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Object ? Text(item, "msg") : item.ToString())),
            JsonValueKind.Object => Text(detail, "message"),
            _ => "",
        };
    }

    private static string Text(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : "";

    private static long Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : 0;
}
