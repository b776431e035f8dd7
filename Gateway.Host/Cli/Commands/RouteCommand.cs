using System.CommandLine;
using System.Text;
using System.Text.Json;
using Gateway.Host.Cli.Client;
using Gateway.Host.Cli.Output;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>route FILE</c>: where a request would go, and why.</summary>
internal static class RouteCommand
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static Command Create(Surroundings around, GatewayOptions options)
    {
        var file = new Argument<FileInfo>("file") { Description = "A request: the JSON that a client would post to /v1/messages" };
        var command = ClientCommand.Create(
            around, options, "route", "Explain where the running gateway would send a request; nothing is sent", Longest, GatewayPlace.OfApi, call => RunAsync(call, file));
        command.Arguments.Add(file);
        return command;
    }

    private static async Task<int> RunAsync(GatewayCall call, Argument<FileInfo> file)
    {
        byte[] body;
        try
        {
            body = await File.ReadAllBytesAsync(call.Parsed.GetValue(file)!.FullName, call.Cancel).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            call.Around.Remark(exception.Message);
            return ExitCodes.Failure;
        }

        using var response = await call.PostMessageAsync(body, "x-gateway-dry-run", "1").ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(call.Cancel).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return call.Refused((int)response.StatusCode, text);
        }

        await call.Around.Output.WriteAsync(call.IsJson ? text.TrimEnd() + "\n" : Describe(text, call.Around.HasColour)).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private static string Describe(string text, bool hasColour)
    {
        using var json = JsonDocument.Parse(text);
        var decision = json.RootElement;
        var lines = new StringBuilder();
        lines.Append($"{Of(decision, "kind")} request for {Of(decision, "model")}, about {Of(decision, "estimated_input_tokens")} input tokens, needs {List(decision, "needs")}\n");
        lines.Append($"route {Of(decision, "route")} ({Of(decision, "policy")}): {List(decision, "order", " then ")}\n\n");
        var table = new TextTable("PROVIDER", "MODEL", "GROUP", "STATE", "ASKED", "WHY");
        foreach (var candidate in decision.GetProperty("candidates").EnumerateArray())
        {
            var isAsked = candidate.GetProperty("asked").GetBoolean();
            table.Add(
                Of(candidate, "provider"), Of(candidate, "model"), Of(candidate, "group"), Of(candidate, "state"),
                isAsked ? new Cell("yes", Ink.Green) : new Cell("no", Ink.Yellow), Of(candidate, "reason"));
        }

        return lines.Append(table.Text(hasColour)).ToString();
    }

    private static string Of(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member.ToString() : "";

    private static string List(JsonElement value, string name, string between = ", ")
    {
        var words = value.GetProperty(name).EnumerateArray().Select(word => word.ToString()).ToList();
        return words.Count == 0 ? "nothing" : string.Join(between, words);
    }
}
