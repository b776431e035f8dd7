using System.Text.Json;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What is known of the vendors: a file of data each, in the very words of <c>providers</c>. Whatever the operator writes goes over it.</summary>
public static class ProviderPresets
{
    private const string Folder = "Gateway.Core.Configuration.Presets.";
    private const string Ending = ".json";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ProviderPresets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>An entry before the operator's own fields are read: the vendor's, or an empty one.</summary>
    /// <param name="name">Name of the entry.</param>
    /// <param name="preset">Name of the preset; none may be there.</param>
    public static ProviderConfig Start(string name, string preset)
    {
        var empty = new ProviderConfig { Name = name };
        if (Find(preset) is not { } text)
        {
            return empty;
        }

        using var document = JsonDocument.Parse(text, ConfigReader.Json);
        var report = new ConfigReport(preset, text);
        var provider = ProviderFields.Table.Read(new ConfigValue(report, document.RootElement, JsonPath.Root, 0), empty);
        return report.Errors.FirstOrDefault() is { } error
            ? throw new InvalidDataException($"The preset {preset} is wrong at {error.Path}: found {error.Found}, expected {error.Expected}.")
            : provider;
    }

    /// <summary>What is written of a vendor; null for an unknown one.</summary>
    public static byte[]? Find(string preset)
    {
        using var stream = typeof(ProviderPresets).Assembly.GetManifestResourceStream($"{Folder}{preset}{Ending}");
        if (stream is null)
        {
            return null;
        }

        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
