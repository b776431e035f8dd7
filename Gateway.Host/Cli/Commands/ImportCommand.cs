using System.CommandLine;
using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Host.Import;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>import</c>: another gateway's configuration, as ours.</summary>
internal sealed class ImportCommand
{
    private readonly Argument<FileInfo?> _file = new("file")
    {
        Description = "config.json of claude-code-router or config.yaml of LiteLLM; without it ~/.claude-code-router/config.json",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<FileInfo?> _output = new("--output", "-o") { Description = "Write to a new file instead of standard output", HelpName = "file" };

    private readonly Option<bool> _secrets = new("--include-secrets") { Description = "Copy keys that stand in the file, instead of references to variables" };

    private readonly JsonOption _json = new();

    private readonly Surroundings _around;

    private ImportCommand(Surroundings around) => _around = around;

    public static Command Create(Surroundings around)
    {
        var import = new ImportCommand(around);
        var command = new Command("import", "Turn the configuration of claude-code-router or LiteLLM into ours")
        {
            import._file, import._output, import._secrets, import._json,
        };
        command.SetAction(import.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(_file)?.FullName ?? Path.Combine(_around.Environment("HOME") ?? "", ".claude-code-router", "config.json");
        try
        {
            var imported = RivalFile.Import(File.ReadAllText(path), parsed.GetValue(_secrets));
            var text = JsonLayout.Indented(json => imported.File.WriteTo(json));
            Check(text);
            Write(parsed, imported, text);
            return ExitCodes.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            _around.Remark($"{path}: {exception.Message.TrimEnd('.')}");
            return ExitCodes.Failure;
        }
    }

    // What others accept is not checked by them as it is by us; better no file than one that does not start.
    private static void Check(string text)
    {
        var source = new ConfigSource(StandInKeys.Find, OthersCanRead: false);
        var result = ConfigReader.Read(Encoding.UTF8.GetBytes(text), source);
        if (result.Errors.Count > 0)
        {
            throw new FormatException($"what it says would be refused: {string.Join("; ", result.Errors)}");
        }
    }

    private void Write(ParseResult parsed, ImportedConfig imported, string text)
    {
        if (parsed.GetValue(_output) is { } output)
        {
            WriteNew(output.FullName, text);
        }

        if (parsed.GetValue(_json))
        {
            _around.Output.Write(AsJson(imported));
            return;
        }

        if (parsed.GetValue(_output) is null)
        {
            _around.Output.Write(text);
        }

        foreach (var remark in imported.Remarks)
        {
            _around.Remark(remark);
        }
    }

    private static void WriteNew(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    private static string AsJson(ImportedConfig imported) => JsonLayout.Indented(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("config"u8);
        imported.File.WriteTo(json);
        json.WriteStartArray("remarks"u8);
        foreach (var remark in imported.Remarks)
        {
            json.WriteStringValue(remark);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
