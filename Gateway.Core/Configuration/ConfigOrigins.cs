using System.Text.Json;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>A value of a configuration, and who said it.</summary>
/// <param name="Path">Its JSON path.</param>
/// <param name="Value">The value as JSON; three stars for a key.</param>
/// <param name="Origin"><c>default</c>, <c>preset NAME</c>, <c>file</c>, <c>environment NAME</c>, <c>flag --NAME</c>, or why it is so.</param>
public sealed record ConfigOrigin(string Path, string Value, string Origin);

/// <summary>Says of every value of a configuration where it came from.</summary>
public sealed class ConfigOrigins
{
    private const string Default = "default";
    private const string File = "file";

    private readonly List<ConfigOrigin> _rows = [];
    private readonly Dictionary<string, string> _known = [];
    private readonly Dictionary<string, string> _presets = [];

    private ConfigOrigins(ConfigResult result)
    {
        foreach (var (field, _, source) in result.Overrides)
        {
            _known[$"$.claude_gateway.{field}"] = source.StartsWith('-') ? $"flag {source}" : $"environment {source}";
        }

        var providers = JsonPath.Member(JsonPath.Root, "providers");
        foreach (var (provider, reason) in result.SwitchedOff)
        {
            _known[JsonPath.Member(JsonPath.Member(providers, provider), "enabled")] = reason;
        }

        foreach (var provider in result.Config!.Providers)
        {
            _presets[JsonPath.Member(providers, provider.Name)] = provider.Preset ?? provider.Name;
        }
    }

    /// <summary>All values in the order of the reference.</summary>
    /// <param name="text">The file that was read.</param>
    /// <param name="result">What came of it; without errors.</param>
    public static IReadOnlyList<ConfigOrigin> Of(ReadOnlyMemory<byte> text, ConfigResult result)
    {
        using var written = JsonDocument.Parse(text, ConfigReader.Json);
        using var whole = JsonDocument.Parse(ConfigDocument.Text(result.Config!));
        var origins = new ConfigOrigins(result);
        origins.Add(JsonPath.Root, whole.RootElement, new Said(written.RootElement, File, new Said(default, Default, null)));
        return origins._rows;
    }

    private void Add(string path, JsonElement value, Said said)
    {
        if (_presets.TryGetValue(path, out var preset) && ProviderPresets.Find(preset) is { } text)
        {
            using var document = JsonDocument.Parse(text, ConfigReader.Json);
            said = said.Over(document.RootElement.Clone(), $"preset {preset}");
        }

        if (!ConfigLeaves.IsLeaf(value))
        {
            foreach (var (place, part, step) in ConfigLeaves.PartsOf(path, value))
            {
                Add(place, part, said.At(step));
            }
        }
        else
        {
            _rows.Add(new ConfigOrigin(path, ConfigLeaves.OnOneLine(value), _known.GetValueOrDefault(path) ?? said.Who));
        }
    }
}
