using System.CommandLine;
using System.Text;
using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Replay;

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
        var answer = new Option<string>("--answer") { Description = "What a request gets that asks for nothing", DefaultValueFactory = static _ => "json 1000" };
        var caFile = new Option<string?>("--ca-file") { Description = "Listen for TLS, too, and write here whom to trust" };
        var replay = new Option<string?>("--replay") { Description = "A capture, whose answers requests may ask for" };
        var speed = new Option<double>("--speed") { Description = "How many times as fast", DefaultValueFactory = static _ => 1 };
        var command = new Command("provider", "Serve scripted answers") { port, threads, fault, share, answer, caFile, replay, speed };
        command.Hidden = true;
        command.SetAction(async (parsed, cancel) =>
        {
            using var certificate = parsed.GetValue(caFile) is { } file ? new SelfSigned(file, TimeProvider.System.GetUtcNow()) : null;
            _ = AnswerScript.TryParse(Encoding.ASCII.GetBytes(parsed.GetValue(answer)!), out var script);
            var behaviour = new ProviderBehaviour(script, new FaultPlan(parsed.GetValue(fault), parsed.GetValue(share)))
            {
                Recording = parsed.GetValue(replay) is { } capture ? Recording.Load(capture, parsed.GetValue(speed)) : null,
            };
            using var server = new ScriptedServer(parsed.GetValue(port), parsed.GetValue(threads), behaviour, certificate);
            await Console.Out.WriteLineAsync($"listening {server.EndPoint} {server.TlsEndPoint}");
            var stopped = new TaskCompletionSource();
            await using var registration = cancel.Register(stopped.SetResult);
            await stopped.Task;
        });
        return command;
    }
}
