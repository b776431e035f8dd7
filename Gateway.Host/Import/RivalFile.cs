using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Host.Import;

/// <summary>A configuration of another gateway: found out by what stands in it.</summary>
internal static class RivalFile
{
    private static readonly JsonDocumentOptions Json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Turns it into ours.</summary>
    /// <param name="text">What stands in it: JSON of claude-code-router or YAML of LiteLLM.</param>
    /// <param name="includesSecrets">Keys are carried over as they are, instead of as references.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static ImportedConfig Import(string text, bool includesSecrets)
    {
        var root = Parse(text) as JsonObject ?? throw new FormatException("it holds no object");
        var draft = new ImportDraft(includesSecrets);
        if (root.ContainsKey("Providers") || root.ContainsKey("providers"))
        {
            new RouterImport(root, draft).Run();
        }
        else if (root.ContainsKey("model_list"))
        {
            new LiteLlmImport(root, draft).Run();
        }
        else
        {
            throw new FormatException("it has neither claude-code-router's Providers nor LiteLLM's model_list");
        }

        return draft.Finish();
    }

    // JSON is YAML too, but comments and trailing commas are not.
    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.AsSpan().TrimStart().StartsWith('{') ? JsonNode.Parse(text, documentOptions: Json) : YamlTree.Read(text);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"it is no JSON: line {exception.LineNumber + 1}");
        }
    }
}
