using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>A field of <c>claude_gateway</c> that is one value, as the command line and the environment know it.</summary>
public sealed class ListenerSetting
{
    private readonly ConfigField<ListenerConfig> _field;

    private ListenerSetting(ConfigField<ListenerConfig> field) => _field = field;

    /// <summary>All of them, in the order of the reference.</summary>
    public static IReadOnlyList<ListenerSetting> All { get; } = [.. ListenerFields.Table.Where(field => !field.IsSection).Select(field => new ListenerSetting(field))];

    /// <summary>Its name in the file.</summary>
    public string Name => _field.Name;

    /// <summary>The environment variable that goes over the file.</summary>
    public string Variable => $"GATEWAY_{Name.ToUpperInvariant()}";

    /// <summary>The option that goes over both.</summary>
    public string Option => $"--{Name.Replace('_', '-')}";

    /// <summary>What it means.</summary>
    public string Meaning => _field.Meaning;

    /// <summary>What it may be, in words.</summary>
    public string Expected => _field.Expected;

    /// <summary>The words it may be; empty where it is not a matter of words.</summary>
    public IReadOnlyList<string> Words => _field.Words;

    /// <summary>It is true or false.</summary>
    public bool IsSwitch => Words is ["true", "false"];

    /// <summary>What is wrong with a text for it; null if nothing is.</summary>
    public ConfigError? Judge(string text, string source)
    {
        var report = new ConfigReport("", default);
        Read(text, source, new ListenerConfig(), report);
        return report.Errors.FirstOrDefault();
    }

    /// <summary>The listener with this field set by a text; what is wrong with the text is reported.</summary>
    internal ListenerConfig Read(string text, string source, ListenerConfig listener, ConfigReport report)
    {
        var own = new ConfigReport("", default);
        var read = _field.Read(new ConfigValue(own, _field.FromText(text), source, 0), listener);
        foreach (var error in own.Errors)
        {
            report.Refuse(error with { Line = 0, Column = 0 });
        }

        return read;
    }
}
