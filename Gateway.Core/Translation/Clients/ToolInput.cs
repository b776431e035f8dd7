using System.Text.Json;
using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Arguments of a call, which OpenAI keeps as text, as the object Anthropic demands. They are never repaired: what is
/// no object travels inside one, for the model to see what it wrote.</summary>
internal static class ToolInput
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonTape.MaxDepth };

    /// <summary>Writes the input.</summary>
    /// <param name="arguments">What the model wrote, UTF-8; may be empty.</param>
    /// <param name="output">Takes an object.</param>
    public static void Write(ReadOnlySpan<byte> arguments, JsonOutput output)
    {
        if (JsonText.IsBlank(arguments))
        {
            output.Raw("{}"u8);
        }
        else if (IsObject(arguments))
        {
            output.Raw(arguments);
        }
        else
        {
            output.BeginObject();
            output.Name("raw_arguments"u8);
            output.BeginText();
            output.Escape(arguments);
            output.EndText();
            output.EndObject();
        }
    }

    private static bool IsObject(ReadOnlySpan<byte> arguments)
    {
        try
        {
            var reader = new Utf8JsonReader(arguments, Options);
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
            }

            return isObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
