using System.Text.Json;

namespace Gateway.Core.Configuration;

/// <summary>From the text of gateway.json to a checked configuration, or to all that is wrong with it at once.</summary>
public static class ConfigReader
{
    private static readonly JsonDocumentOptions Json = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        MaxDepth = 32,
    };

    /// <summary>Reads and checks.</summary>
    /// <param name="text">UTF-8 of the file; comments and trailing commas are fine.</param>
    /// <param name="source">What surrounds the file: environment variables, and who can read it.</param>
    public static ConfigResult Read(ReadOnlyMemory<byte> text, ConfigSource source)
    {
        var result = new ConfigResult();
        try
        {
            using var document = JsonDocument.Parse(text, Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                ReadRoot(document.RootElement, source, result);
            }
            else
            {
                result.Errors.Add(new ConfigError("$", ConfigObject.Describe(document.RootElement), "an object"));
            }
        }
        catch (JsonException exception)
        {
            result.Errors.Add(new ConfigError(
                "$", $"invalid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}", "JSON; comments and trailing commas are allowed"));
        }

        return result;
    }

    private static void ReadRoot(JsonElement json, ConfigSource source, ConfigResult result)
    {
        var root = new ConfigObject(json, "$", result.Errors);
        var listener = ListenerReader.Read(root.Object("claude_gateway"));
        var defaultName = root.Text("default_provider", GatewayConfig.SyntheticName)!;
        var providers = ProviderReader.ReadAll(root.Object("providers"), defaultName, source, result);
        var passthroughs = PassthroughReader.ReadAll(root);
        root.RefuseUnknown();

        if (!providers.Exists(provider => provider.Name == defaultName && provider.Enabled))
        {
            CheckDefault(root, defaultName, providers, result);
        }

        if (result.Errors.Count == 0)
        {
            result.Config = new GatewayConfig
            {
                Listener = listener,
                DefaultProvider = defaultName,
                Providers = providers,
                Passthroughs = passthroughs,
            };
        }
    }

    // The built-in provider needs no entry of its own.
    private static void CheckDefault(ConfigObject root, string name, List<ProviderConfig> providers, ConfigResult result)
    {
        if (providers.Exists(provider => provider.Name == name))
        {
            root.Report("default_provider", $"\"{name}\", which is switched off", "an enabled provider");
        }
        else if (name == GatewayConfig.SyntheticName)
        {
            providers.Add(new ProviderConfig { Name = name });
        }
        else if (result.Errors.TrueForAll(error => !error.Path.StartsWith($"$.providers.{name}", StringComparison.Ordinal)))
        {
            root.Report("default_provider", $"\"{name}\"", "the name of a provider: " + Spelling.Nearest(name, [.. providers.Select(provider => provider.Name)]));
        }
    }
}
