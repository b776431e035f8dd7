using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gateway.Host.Cli.Client;
using Gateway.Host.Cli.Output;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>providers</c>: how each of them is.</summary>
internal static class ProvidersCommand
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public static Command Create(Surroundings around, GatewayOptions options) =>
        ClientCommand.Create(around, options, "providers", "Show the providers of the running gateway: state, latency, keys", Longest, GatewayPlace.OfManagement, RunAsync);

    private static async Task<int> RunAsync(GatewayCall call)
    {
        var answer = await call.GetAsync("/providers").ConfigureAwait(false);
        if (!answer.IsFine)
        {
            return call.Refused(answer.Status, answer.Text);
        }

        var text = call.IsJson ? answer.Text.TrimEnd() + "\n" : Table(answer.Text, call.Around.HasColour);
        await call.Around.Output.WriteAsync(text).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private static string Table(string text, bool hasColour)
    {
        using var json = JsonDocument.Parse(text);
        var table = new TextTable("NAME", "STATE", "DIALECT", "IN FLIGHT", "LATENCY", "SUCCESS", "KEYS", "BASE URL");
        foreach (var provider in json.RootElement.GetProperty("providers").EnumerateArray())
        {
            table.Add(
                Of(provider, "name"), State(provider), Of(provider, "dialect"), Of(provider, "in_flight"), Latency(provider), Success(provider), Keys(provider),
                Of(provider, "base_url"));
        }

        return table.Text(hasColour);
    }

    private static string Of(JsonElement provider, string name) => provider.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static Cell State(JsonElement provider)
    {
        var isOff = provider.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.False;
        var state = Of(provider, "state");
        return isOff ? new Cell("off", Ink.Yellow) : new Cell(state, state is "ready" or "closed" or "healthy" ? Ink.Green : Ink.Red);
    }

    private static string Latency(JsonElement provider) =>
        provider.TryGetProperty("latency_ms", out var value) && value.ValueKind == JsonValueKind.Number
            ? string.Create(CultureInfo.InvariantCulture, $"{value.GetDouble():0} ms")
            : "";

    private static string Success(JsonElement provider) =>
        provider.TryGetProperty("success_rate", out var value) && value.ValueKind == JsonValueKind.Number
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * value.GetDouble():0.#}%")
            : "";

    // How many of each state: 2 ready, 1 limited.
    private static string Keys(JsonElement provider) =>
        provider.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? string.Join(", ", keys.EnumerateArray().GroupBy(key => Of(key, "state")).Select(group => $"{group.Count()} {group.Key}"))
            : "";
}
