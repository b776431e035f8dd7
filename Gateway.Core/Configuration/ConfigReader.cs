using System.Text.Json;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>From the text of gateway.json to a checked configuration, or to all that is wrong with it at once.</summary>
public static class ConfigReader
{
    private const int MaxDepth = 32;

    // Doubled names are let through here because the tables report each of them with its place.
    internal static readonly JsonDocumentOptions Json = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = true,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads and checks. Thread-safe; does no I/O of its own.</summary>
    /// <param name="text">UTF-8 of the file; comments and trailing commas are fine.</param>
    /// <param name="source">What surrounds the file.</param>
    public static ConfigResult Read(ReadOnlyMemory<byte> text, ConfigSource source)
    {
        var result = new ConfigResult();
        var report = new ConfigReport(source.File, text);
        try
        {
            using var document = JsonDocument.Parse(text, Json);
            if (HasOnlyText(text.Span, report))
            {
                result.Config = ReadRoot(new ConfigValue(report, document.RootElement, "$", 0), source, result);
            }
        }
        catch (JsonException exception)
        {
            report.Refuse(new ConfigError("$", "invalid JSON", "JSON; comments and trailing commas are allowed")
            {
                File = source.File,
                Line = (int)(exception.LineNumber ?? 0) + 1,
                Column = (int)(exception.BytePositionInLine ?? 0) + 1,
            });
        }

        result.Errors.AddRange(report.Errors);
        result.Warnings.AddRange(report.Warnings);
        result.Listener = result.Errors.TrueForAll(IsElsewhere) ? result.Config?.Listener : null;
        result.Config = result.Errors.Count == 0 ? result.Config : null;
        return result;
    }

    // Neither the whole file, nor the listener's section, nor what the environment or the command line say about it.
    private static bool IsElsewhere(ConfigError error) =>
        error.Path.StartsWith("$.", StringComparison.Ordinal) && !error.Path.StartsWith("$.claude_gateway", StringComparison.Ordinal);

    private static GatewayConfig ReadRoot(ConfigValue root, ConfigSource source, ConfigResult result)
    {
        var config = GatewayFields.Table.Read(root, GatewayConfig.Empty);
        result.Overrides = OverrideRules.Find(source);
        config = config with { Listener = OverrideRules.Apply(config.Listener, result.Overrides, root.Report) };
        ListenerRules.Check(root.Field("claude_gateway"), config, result.Overrides, source);
        OwnAddressRules.Check(root, config);
        config = new KeyRules(source, result.SwitchedOff).Apply(root.Field("providers"), config);
        config = RouteRules.Apply(root, DefaultProviderRule.Apply(root, config));
        config = ClientRules.Apply(root, config, source);
        config = config with { Listener = OtlpRules.Apply(root.Field("claude_gateway").Field("otlp"), config.Listener, source) };
        BudgetRules.Check(root, config);
        return config;
    }

    // The parser does not look into strings: bytes that are no UTF-8 and halves of surrogate pairs would throw later.
    private static bool HasOnlyText(ReadOnlySpan<byte> text, ConfigReport report)
    {
        var isText = true;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = MaxDepth,
        });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !IsText(ref reader))
            {
                report.Refuse("$", (int)reader.TokenStartIndex, "a string that is no Unicode text", "UTF-8, escapes in whole pairs");
                isText = false;
            }
        }

        return isText;
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
