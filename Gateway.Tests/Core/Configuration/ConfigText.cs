using System.Text;
using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

/// <summary>Reads configurations that stand in tests; a test says only what it is about.</summary>
internal static class ConfigText
{
    public static ConfigResult Read(string json, bool othersCanRead = false, params (string Name, string Value)[] environment) =>
        Read(json, [], othersCanRead, environment);

    public static ConfigResult Read(
        string json, IReadOnlyList<ListenerOverride> flags, bool othersCanRead = false, params (string Name, string Value)[] environment) =>
        ConfigReader.Read(
            Encoding.UTF8.GetBytes(json),
            new ConfigSource(name => Array.Find(environment, entry => entry.Name == name).Value, othersCanRead) { Flags = flags });

    /// <summary>A configuration that must be fine.</summary>
    public static GatewayConfig Load(string json, params (string Name, string Value)[] environment)
    {
        var result = Read(json, environment: environment);
        Assert.That(result.Errors, Is.Empty);
        return result.Config!;
    }

    /// <summary>The one provider of a configuration that must be fine.</summary>
    public static ProviderConfig LoadProvider(string fields) => Load(ProviderNamed("p", fields)).Providers[0];

    /// <summary>JSON paths of all errors.</summary>
    public static IEnumerable<string> PathsOfErrors(string json, bool othersCanRead = false) =>
        Read(json, othersCanRead).Errors.Select(error => error.Path);

    /// <summary>A file with one provider that is well but for what the fields say.</summary>
    public static string ProviderNamed(string name, string fields) =>
        $$"""{ "providers": { "{{name}}": { {{fields}} } } }""";
}
