using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using Gateway.Http.Sockets;

namespace Gateway.Tests.Support;

/// <summary>The gateway as a process of its own, with a configuration written for the test.</summary>
/// <remarks>Runs the one built beside the tests, or the native binary that GATEWAY_BINARY names.</remarks>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private Process _process;
    private readonly DirectoryInfo _folder;
    private Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly List<string> _lines = [];
    private Task _collecting;

    private GatewayProcess(Process process, DirectoryInfo folder)
    {
        _process = process;
        _folder = folder;
        Id = process.Id;
        _collecting = CollectAsync();
    }

    /// <summary>The process that serves: the one that was started, or after <see cref="UpgradeAsync"/> the one that took over.</summary>
    public int Id { get; private set; }

    /// <summary>Its configuration.</summary>
    public string ConfigFile => Path.Combine(_folder.FullName, "gateway.json");

    /// <summary>Where it keeps its state; its configuration is there too.</summary>
    public string StateDirectory => _folder.FullName;

    /// <summary>Everything it has printed, standard error too.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Where it listens, once <see cref="StartListeningAsync"/> has returned.</summary>
    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Starts it on a free port and returns at once.</summary>
    /// <param name="configuration">Text of its gateway.json; the port in it does not count.</param>
    /// <param name="arguments">Arguments besides the file and the port.</param>
    public static GatewayProcess Start(string configuration, params string[] arguments) => Start(configuration, null, arguments);

    /// <summary>Starts it as a shell does that first runs a command about itself, such as <c>ulimit -n 64</c>, and returns at once.</summary>
    public static GatewayProcess StartAfter(string shellCommand, string configuration, params string[] arguments) =>
        Start(configuration, null, command => BecomeShell(command, $"{shellCommand}; exec \"$@\""), arguments);

    /// <inheritdoc cref="Start(string, string[])"/>
    public static GatewayProcess Start(string configuration, Socket? listening, params string[] arguments) =>
        Start(configuration, listening, _ => { }, arguments);

    private static GatewayProcess Start(string configuration, Socket? listening, Action<ProcessStartInfo> prepare, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("claude-gateway-test-");
        var file = Path.Combine(folder.FullName, "gateway.json");
        PrivateFile.Write(file, configuration);

        var command = Command(["--config", file, "--port", "0", .. arguments]);
        if (listening is not null)
        {
            Give(command, listening);
        }

        prepare(command);
        command.Environment["GATEWAY_STATE_DIR"] = folder.FullName;
        return new GatewayProcess(Process.Start(command)!, folder);
    }

    /// <summary>Starts it and waits until clients can connect.</summary>
    /// <param name="configuration">Text of its gateway.json; the port in it does not count.</param>
    /// <param name="listening">A socket to serve instead of one of its own, given as a service manager does.</param>
    public static Task<GatewayProcess> StartListeningAsync(string configuration, Socket? listening = null) =>
        ListeningAsync(Start(configuration, listening));

    /// <summary>Waits until clients can connect.</summary>
    public static async Task<GatewayProcess> ListeningAsync(GatewayProcess gateway)
    {
        try
        {
            using var line = JsonDocument.Parse(await gateway.LineAsync("\"listening\""));
            gateway.EndPoint = IPEndPoint.Parse(line.RootElement.GetProperty("address").GetString()!);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the next line that holds a text; lines before it are passed over.</summary>
    public Task<string> LineAsync(string text) => NextLineAsync(text).Soon($"a line with {text}");

    /// <summary>Sends SIGTERM.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Sends a signal to the process that serves.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        await kill.WaitForExitAsync().Soon();
    }

    /// <summary>Kills it and starts another on the same files, as a supervisor does; waits until clients can connect.</summary>
    public async Task KillAndStartAgainAsync()
    {
        var command = _process.StartInfo;
        await SignalAsync("KILL");
        await ExitAsync();
        _process.Dispose();
        _output = Channel.CreateUnbounded<string>();
        _process = Process.Start(command)!;
        Id = _process.Id;
        _collecting = CollectAsync();
        await ListeningAsync(this);
    }

    /// <summary>Has another process take over, and waits until the one before it has begun to leave.</summary>
    public async Task UpgradeAsync()
    {
        await SignalAsync("USR2");
        await TakenOverAsync();
    }

    /// <summary>Waits until another process has taken over, whoever asked for it.</summary>
    public async Task TakenOverAsync()
    {
        using var line = JsonDocument.Parse(await LineAsync("\"upgrade_started\""));
        await LineAsync("\"reason\":\"upgrade\"");
        Id = line.RootElement.GetProperty("process").GetInt32();
    }

    /// <summary>The process that was started first is there, though another may serve by now.</summary>
    public bool PredecessorRuns => !_process.HasExited;

    /// <summary>Waits until the process that was started first has left; its exit code.</summary>
    public async Task<int> PredecessorExitAsync()
    {
        await _process.WaitForExitAsync().Soon();
        return _process.ExitCode;
    }

    /// <summary>Waits for its end and the last of its output; the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().Soon();
        await _collecting.Soon();
        return _process.ExitCode;
    }

    /// <summary>Ends it if it still runs, and forgets its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Id != _process.Id)
        {
            await SignalAsync("KILL");
        }

        _process.Kill();
        await ExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    // The runtime that runs the tests runs the gateway as well: an executable of its own would look for another.
    private static ProcessStartInfo Command(string[] arguments)
    {
        var binary = Environment.GetEnvironmentVariable("GATEWAY_BINARY");
        var command = string.IsNullOrEmpty(binary)
            ? new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "claude-gateway.dll"), .. arguments])
            : new ProcessStartInfo(binary, arguments);
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        return command;
    }

    // sd_listen_fds(3): descriptor 3, and the process's own id, which only a shell that becomes the process can tell it.
    private static void Give(ProcessStartInfo command, Socket listening)
    {
        var descriptor = (int)listening.Handle;
        LinuxNative.KeepOnExec(descriptor);
        BecomeShell(command, "exec 3<&$0; export LISTEN_FDS=1 LISTEN_PID=$$; exec \"$@\"", $"{descriptor}");
    }

    private static void BecomeShell(ProcessStartInfo command, string script, string firstWord = "gateway")
    {
        string[] words = [command.FileName, .. command.ArgumentList];
        command.FileName = "bash";
        command.ArgumentList.Clear();
        foreach (var word in (string[])["-c", script, firstWord, .. words])
        {
            command.ArgumentList.Add(word);
        }
    }

    private async Task<string> NextLineAsync(string text)
    {
        while (await _output.Reader.WaitToReadAsync())
        {
            if (_output.Reader.TryRead(out var line) && line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException($"The gateway ended without a line with {text}:\n{Output}");
    }

    private async Task CollectAsync()
    {
        await Task.WhenAll(CollectAsync(_process.StandardOutput), CollectAsync(_process.StandardError));
        _output.Writer.Complete();
    }

    private async Task CollectAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }

            _output.Writer.TryWrite(line);
        }
    }
}
