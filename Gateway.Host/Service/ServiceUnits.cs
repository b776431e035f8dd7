using System.Reflection;

namespace Gateway.Host.Service;

/// <summary>The files of the service as they are installed: the units of deploy/systemd, adapted to a place.</summary>
/// <param name="isUser">For the user's own service manager instead of the system's.</param>
/// <param name="directory">Where its units are.</param>
/// <param name="configuration">The configuration file.</param>
internal sealed class ServiceUnits(bool isUser, string directory, string configuration)
{
    /// <summary>Names of the units, in the order in which they start.</summary>
    public static IReadOnlyList<string> Names { get; } = ["claude-gateway.socket", "claude-gateway.service"];

    private const string ShippedBinary = "/usr/bin/claude-gateway";
    private const string ShippedAddress = "127.0.0.1:8080";

    /// <summary>The configuration file, which is made if there is none and stays when the service goes.</summary>
    public string Configuration { get; } = configuration;

    /// <summary>Where a unit is installed.</summary>
    public string PathOf(string unit) => Path.Combine(directory, unit);

    /// <summary>The text of a unit.</summary>
    /// <param name="unit">Its name.</param>
    /// <param name="binary">The program.</param>
    /// <param name="address">Address and port to listen on.</param>
    public string TextOf(string unit, string binary, string address) => Shipped($"systemd/{(isUser ? "user" : "system")}/{unit}")
        .Replace($"ExecStart={ShippedBinary} serve --config {ShippedConfiguration}", $"ExecStart={Word(binary)} serve --config {Word(Configuration)}", StringComparison.Ordinal)
        .Replace($"ListenStream={ShippedAddress}", $"ListenStream={address}", StringComparison.Ordinal);

    /// <summary>The configuration to begin with.</summary>
    public static string FirstConfiguration() => Shipped("gateway.json");

    private string ShippedConfiguration => isUser ? "%E/claude-gateway/gateway.json" : "/etc/claude-gateway/gateway.json";

    // systemd.service(5), "Command lines": a percent sign begins a specifier, a dollar sign a variable.
    private static string Word(string path)
    {
        var escaped = path.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("%", "%%").Replace("$", "$$");
        return escaped.Contains(' ') || escaped.Contains('"') ? $"\"{escaped}\"" : escaped;
    }

    private static string Shipped(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
