using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Host.Cli;
using Gateway.Host.Lifetime;

namespace Gateway.Host.Composition;

/// <summary>Finds the configuration and gives Core what it needs to read it: bytes, file mode, environment, command line.</summary>
internal static class ConfigFile
{
    private const string DefaultName = "gateway.json";
    private const string BuiltIn = "built-in defaults";
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Reads the configuration of this start.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="name">Where it came from, for messages.</param>
    public static ConfigResult Load(ServeOptions options, out string name) =>
        Load(options, Environment.GetEnvironmentVariable, out name, out _);

    /// <summary>The same with another environment, and with what stands in the file.</summary>
    public static ConfigResult Load(ServeOptions options, Func<string, string?> environment, out string name, out ReadOnlyMemory<byte> text)
    {
        text = default;
        var path = options.Config?.FullName ?? Path.GetFullPath(DefaultName);
        var isBuiltIn = options.Config is null && !File.Exists(path);
        name = isBuiltIn ? BuiltIn : path;
        try
        {
            text = isBuiltIn ? "{}"u8.ToArray() : WithoutMark(ReadBytes(path));
            return ConfigReader.Read(text, new ConfigSource(environment, !isBuiltIn && OthersCanRead(path))
            {
                File = name,
                ReadSecretFile = ReadSecret,
                AudienceOf = file => AudienceOf(file, environment),
                Flags = options.Flags,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed(path, exception.Message.TrimEnd('.'));
        }
    }

    // Editors and `echo` end a file with a line break, which is no part of a key.
    private static string? ReadSecret(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What systemd hands over is the service's alone, though the mode does not show it: systemd.exec(5), LoadCredential=.
    private static FileAudience AudienceOf(string path, Func<string, string?> environment) =>
        environment("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder && Path.GetFullPath(path).StartsWith($"{Path.GetFullPath(folder)}/", StringComparison.Ordinal)
            ? FileAudience.Owner
            : FileModes.AudienceOf(path);

    private static ConfigResult Failed(string path, string found)
    {
        var result = new ConfigResult();
        result.Errors.Add(new ConfigError("$", found, "a readable file") { File = path });
        return result;
    }

    // Not by its length: a pipe has none, and a device may have no end.
    private static byte[] ReadBytes(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[16 * 1024];
        var length = 0;
        while (file.Read(bytes, length, bytes.Length - length) is var count and > 0)
        {
            length += count;
            if (length > MaxBytes)
            {
                throw new IOException("more than 4 MiB");
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, length * 2);
            }
        }

        return bytes[..length];
    }

    private static bool OthersCanRead(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    // Editors of some systems begin a file with a byte order mark; the content is no less JSON for it.
    private static ReadOnlyMemory<byte> WithoutMark(byte[] text) =>
        text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? text.AsMemory(Encoding.UTF8.Preamble.Length) : text;
}
