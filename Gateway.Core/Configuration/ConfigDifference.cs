namespace Gateway.Core.Configuration;

/// <summary>A value that two configurations do not share.</summary>
/// <param name="Path">Its JSON path.</param>
/// <param name="Before">The value as JSON, three stars for a key; null where there was none.</param>
/// <param name="After">The same of the other configuration.</param>
public sealed record ConfigChange(string Path, string? Before, string? After);

/// <summary>What changes from one configuration to another, defaults and presets included.</summary>
public static class ConfigDifference
{
    /// <summary>The changes in the order of the new configuration, then what is gone.</summary>
    public static IReadOnlyList<ConfigChange> Between(GatewayConfig before, GatewayConfig after)
    {
        var old = ConfigLeaves.Of(ConfigDocument.Write(before, reveals: true));
        var now = ConfigLeaves.Of(ConfigDocument.Write(after, reveals: true));
        var oldShown = ConfigLeaves.Of(ConfigDocument.Text(before));
        var nowShown = ConfigLeaves.Of(ConfigDocument.Text(after));
        return
        [
            .. from path in now.Keys.Union(old.Keys)
               where old.GetValueOrDefault(path) != now.GetValueOrDefault(path)
               select new ConfigChange(path, oldShown.GetValueOrDefault(path), nowShown.GetValueOrDefault(path)),
        ];
    }
}
