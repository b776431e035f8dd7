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
        var command = new Command("provider", "Serve scripted answers") { port, threads };
        command.Hidden = true;
        command.SetAction(async (parsed, cancel) =>
        {
            using var server = new ScriptedServer(parsed.GetValue(port), parsed.GetValue(threads));
            await Console.Out.WriteLineAsync($"listening {server.EndPoint}");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ContinueWith(static _ => { }, TaskScheduler.Default);
        });
        return command;
    }
}
