using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Core.Telemetry;
using Gateway.Host.Logging;
using Gateway.Http.Sockets;

namespace Gateway.Host.Composition;

/// <summary>The log of the process: standard output, and a file where one is configured.</summary>
internal sealed class ProcessLog : IDisposable
{
    private readonly Stream _output = StandardOutput.Open();
    private readonly RotatingFile? _file;
    private readonly LineWriter? _writer;

    private ProcessLog(ListenerConfig config, RotatingFile? file)
    {
        _file = file;
        _writer = file is null ? null : new LineWriter(file, "log file", inOrder: true);
        Sink = new JsonLogSink(_output, LogForms.ForStandardOutput(), LevelOf(config), TimeProvider.System, file: _writer);
    }

    /// <summary>Takes the lines.</summary>
    public JsonLogSink Sink { get; }

    /// <summary>Opens it; null if the configured file cannot be written.</summary>
    /// <param name="config">What is configured.</param>
    /// <param name="source">Where that stands.</param>
    /// <param name="error">What is wrong, if something is.</param>
    public static ProcessLog? Open(ListenerConfig config, string source, out ConfigError? error)
    {
        error = null;
        if (config.LogFile.Path is not { } path)
        {
            return new ProcessLog(config, null);
        }

        var file = new RotatingFile(
            Path.GetFullPath(path), config.LogFile.MaxSizeMb * 1024L * 1024L, config.LogFile.Keep, remark => Console.Error.WriteLine($"claude-gateway: {remark}"),
            SharedFile.AppendAlways);
        try
        {
            file.Open();
            return new ProcessLog(config, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            error = new ConfigError("$.claude_gateway.log_file.path", exception.Message.TrimEnd('.'), "a file that can be written") { File = source };
            return null;
        }
    }

    /// <summary>Another configuration is in force: another level, and the file opened anew in case it was renamed.</summary>
    public void Apply(ListenerConfig config)
    {
        Sink.Minimum = LevelOf(config);
        _file?.Reopen();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Sink.Dispose();
        _writer?.Dispose();
        _file?.Dispose();
        _output.Dispose();
    }

    private static LogLevel LevelOf(ListenerConfig config) =>
        LogLevels.TryParse(config.LogLevel, out var level) ? level : LogLevel.Info;
}
