using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Support;

/// <summary>The built gateway as a process of its own, from its start to its exit code.</summary>
internal sealed partial class GatewayProcess : IDisposable
{
    private readonly string _config = Path.GetTempFileName();
    private readonly Process _process;

    private GatewayProcess(string config, string[] arguments)
    {
        File.WriteAllText(_config, config);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", Path.Combine(HostFolder(), "claude-gateway.dll"), "--config", _config, "--port", "0", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; private set; } = null!;

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<GatewayProcess> StartAsync(string config, params string[] arguments)
    {
        var gateway = new GatewayProcess(config, arguments);
        gateway.EndPoint = IPEndPoint.Parse(await gateway.AwaitLineAsync("listening", "address"));
        return gateway;
    }

    /// <summary>Waits for a log line; the value of one of its members.</summary>
    public async Task<string> AwaitLineAsync(string name, string member)
    {
        while (await _process.StandardOutput.ReadLineAsync().Soon() is { } line)
        {
            if (line.Contains($"\"{name}\"", StringComparison.Ordinal))
            {
                return JsonElement.Parse(line).GetProperty(member).ToString();
            }
        }

        throw new InvalidOperationException($"The gateway ended without '{name}': {await _process.StandardError.ReadToEndAsync().Soon()}");
    }

    /// <summary>Asks it to stop.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await kill.WaitForExitAsync().Soon();
        Assert.That(kill.ExitCode, Is.Zero);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().Soon();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        File.Delete(_config);
    }

    // Beside this test's own output: its project leaves the program and what it needs to run in a folder of the same shape.
    private static string HostFolder() => OfTests().Replace(AppContext.BaseDirectory, "Gateway.Host");

    [GeneratedRegex("Gateway\\.Tests(?=[/\\\\]bin[/\\\\])")]
    private static partial Regex OfTests();
}
