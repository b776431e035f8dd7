using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What goes over <c>claude_gateway</c> of the file: the environment, and over that the command line.</summary>
internal static class OverrideRules
{
    /// <summary>What is said outside the file, the last word last.</summary>
    public static List<ListenerOverride> Find(ConfigSource source) =>
    [
        .. from setting in ListenerSetting.All
           let text = source.Environment(setting.Variable)
           where !string.IsNullOrEmpty(text)
           select new ListenerOverride(setting.Name, text, setting.Variable),
        .. source.Flags,
    ];

    /// <summary>What holds in the end.</summary>
    public static ListenerConfig Apply(ListenerConfig listener, IEnumerable<ListenerOverride> overrides, ConfigReport report)
    {
        foreach (var (field, text, place) in overrides)
        {
            listener = ListenerSetting.All.Single(setting => setting.Name == field).Read(text, place, listener, report);
        }

        return listener;
    }
}
