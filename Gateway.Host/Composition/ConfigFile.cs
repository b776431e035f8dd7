using System.Text;
using Gateway.Core.Configuration;
using Gateway.Host.Cli;

namespace Gateway.Host.Composition;

/// <summary>Finds and reads the configuration; what the command line says goes over what the file says.</summary>
internal static class ConfigFile
{
    private const string DefaultName = "gateway.json";

    /// <summary>Reads the configuration of this start.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="name">File it came from, for messages.</param>
    public static ConfigResult Load(ServeOptions options, out string name)
    {
        var path = options.Config?.FullName ?? Path.GetFullPath(DefaultName);
        name = path;
        if (options.Config is null && !File.Exists(path))
        {
            name = "built-in defaults";
            return Override(ConfigReader.Read("{}"u8.ToArray(), new ConfigSource(Environment.GetEnvironmentVariable, OthersCanRead: false)), options);
        }

        try
        {
            var source = new ConfigSource(Environment.GetEnvironmentVariable, OthersCanRead(path));
            return Override(ConfigReader.Read(WithoutMark(File.ReadAllBytes(path)), source), options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var result = new ConfigResult();
            result.Errors.Add(new ConfigError("$", exception.Message, "a readable file"));
            return result;
        }
    }

    private static ConfigResult Override(ConfigResult result, ServeOptions options)
    {
        if (result.Config is not { } config)
        {
            return result;
        }

        var listener = config.Listener;
        if (options.Bind is { } bind && !System.Net.IPAddress.IsLoopback(bind))
        {
            result.Errors.Add(new ConfigError("--bind", $"{bind}, which other machines can reach", "a loopback address: without client keys anyone could spend the providers' keys"));
        }

        result.Config = config with
        {
            Listener = listener with
            {
                BindAddress = options.Bind ?? listener.BindAddress,
                Port = options.Port ?? listener.Port,
                LogLevel = options.LogLevel ?? listener.LogLevel,
                RequestLogging = options.RequestLogging || listener.RequestLogging,
                MaxRequestSizeMb = options.MaxSizeMb ?? listener.MaxRequestSizeMb,
            },
        };
        return result;
    }

    private static bool OthersCanRead(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    // Editors of some systems begin a file with a byte order mark; the content is no less JSON for it.
    private static ReadOnlyMemory<byte> WithoutMark(byte[] text) =>
        text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? text.AsMemory(Encoding.UTF8.Preamble.Length) : text;
}
