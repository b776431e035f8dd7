using System.CommandLine;
using System.Globalization;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Host.Bench;
using Gateway.Host.Cli.Client;
using Gateway.Host.Cli.Output;
using Gateway.Host.Composition;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>test PROVIDER</c>: one tiny real request, which costs a fraction of a cent.</summary>
internal sealed class TestCommand
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly Argument<string> _provider = new("provider") { Description = "Its name in the configuration" };

    private readonly Option<string?> _model = new("--model", "-m") { Description = "The model to ask; without it the first that the configuration names" };

    private readonly GatewayOptions _options;

    private TestCommand(GatewayOptions options) => _options = options;

    public static Command Create(Surroundings around, GatewayOptions options)
    {
        var test = new TestCommand(options);
        var command = ClientCommand.Create(
            around, options, "test", "Send a provider one tiny real request through the running gateway: key, stream, tool call, speed", Longest, GatewayPlace.OfApi, test.RunAsync);
        command.Arguments.Add(test._provider);
        command.Options.Add(test._model);
        return command;
    }

    private async Task<int> RunAsync(GatewayCall call)
    {
        var provider = call.Parsed.GetValue(_provider)!;
        var configured = Find(call, provider);
        if ((call.Parsed.GetValue(_model) ?? (configured is null ? null : TrialRequest.ModelOf(configured))) is not { } model)
        {
            call.Around.Remark(configured is null
                ? $"{provider} is no provider of the configuration"
                : $"the configuration names no model of {provider}: name one with --model");
            return ExitCodes.Usage;
        }

        var trial = new TimedAnswer(call.Around.Time);
        using var response = await call.PostMessageAsync(TrialRequest.For(model), "x-gateway-provider", provider).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return call.Refused((int)response.StatusCode, await response.Content.ReadAsStringAsync(call.Cancel).ConfigureAwait(false));
        }

        await using var stream = await response.Content.ReadAsStreamAsync(call.Cancel).ConfigureAwait(false);
        await trial.ReadAsync(stream, call.Cancel).ConfigureAwait(false);
        await call.Around.Output.WriteAsync(call.IsJson ? AsJson(provider, model, trial) : AsTable(call.Around, model, trial)).ConfigureAwait(false);
        return trial is { IsWhole: true, HasCall: true } ? ExitCodes.Success : ExitCodes.Failure;
    }

    private ProviderConfig? Find(GatewayCall call, string provider) =>
        ConfigFile.Load(_options.Read(call.Parsed), call.Around.Environment, out _, out _).Config?.Providers.FirstOrDefault(entry => entry.Name == provider);

    private static string AsTable(Surroundings around, string model, TimedAnswer trial)
    {
        var table = new TextTable("CHECK", "", "FOUND");
        table.Add("key", new Cell("fine", Ink.Green), $"{model} answered");
        table.Add("stream", Mark(trial.IsWhole), trial.IsWhole ? "came to its end" : trial.Error ?? "broke off");
        table.Add("tool call", Mark(trial.HasCall), trial.HasCall ? "with arguments in JSON" : "none, or not in JSON");
        table.Add("speed", "", Speed(trial));
        return table.Text(around.HasColour);
    }

    private static Cell Mark(bool isFine) => isFine ? new Cell("fine", Ink.Green) : new Cell("BROKEN", Ink.Red);

    private static string Speed(TimedAnswer trial) => trial.FirstContentMs is { } first
        ? string.Create(CultureInfo.InvariantCulture, $"first content after {first:0} ms, {trial.Usage.OutputTokens} tokens in {trial.TotalMs:0} ms")
        : "no content came";

    private static string AsJson(string provider, string model, TimedAnswer trial) => JsonLayout.Indented(json =>
    {
        json.WriteStartObject();
        json.WriteString("provider"u8, provider);
        json.WriteString("model"u8, model);
        json.WriteBoolean("stream"u8, trial.IsWhole);
        json.WriteBoolean("tool_call"u8, trial.HasCall);
        json.WriteNumber("first_content_ms"u8, (long)(trial.FirstContentMs ?? 0));
        json.WriteNumber("total_ms"u8, (long)trial.TotalMs);
        json.WriteNumber("output_tokens"u8, trial.Usage.OutputTokens);
        json.WriteEndObject();
    });
}
