using System.CommandLine;
using Gateway.Benchmarks.Provider;

namespace Gateway.Benchmarks.Cli;

/// <summary><c>provider</c>: the scripted provider, started by the other commands as a process of its own.</summary>
internal static class ProviderCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "TCP port on 127.0.0.1; 0 for any free one" };
        var threads = new Option<int>("--threads") { Description = "Reactors", DefaultValueFactory = static _ => 1 };
        var fault = new Option<ProviderFault>("--fault") { Description = "What goes wrong" };
        var share = new Option<double>("--share") { Description = "With what share of the requests, 0 to 1" };
        var caFile = new Option<string?>("--ca-file") { Description = "Listen for TLS, too, and write here whom to trust" };
        var command = new Command("provider", "Serve scripted answers") { port, threads, fault, share, caFile };
        command.Hidden = true;
        command.SetAction(async (parsed, cancel) =>
        {
            using var certificate = parsed.GetValue(caFile) is { } file ? new SelfSigned(file, TimeProvider.System.GetUtcNow()) : null;
            var faults = new FaultPlan(parsed.GetValue(fault), parsed.GetValue(share));
            using var server = new ScriptedServer(parsed.GetValue(port), parsed.GetValue(threads), faults, certificate);
            await Console.Out.WriteLineAsync($"listening {server.EndPoint} {server.TlsEndPoint}");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ContinueWith(static _ => { }, TaskScheduler.Default);
        });
        return command;
    }
}
