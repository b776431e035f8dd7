using System.CommandLine;
using System.Globalization;
using System.Text;
using Gateway.Core.Admission;
using Gateway.Core.Configuration;
using Gateway.Host.Bench;
using Gateway.Host.Cli.Client;
using Gateway.Host.Cli.Output;
using Gateway.Host.Composition;
using Gateway.Host.Lifetime;

namespace Gateway.Host.Cli.Commands;

/// <summary><c>bench</c>: the same small request, some times, to each provider through the running gateway: which is fastest for an agent?</summary>
internal sealed class BenchCommand
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Option<string[]> _providers = new("--providers") { Description = "Whom to ask, with commas between; without it all that are configured", CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))] };
    private readonly Option<int> _requests = new("--requests", "-n") { Description = "Requests to each; every second one asks for a tool call", DefaultValueFactory = _ => 20 };
    private readonly Option<string?> _model = new("--model", "-m") { Description = "The model to ask for; without it the first that the configuration names for the provider" };
    private readonly Option<bool> _save = new("--save") { Description = "Let the policies latency and balanced begin with what was found" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask before money is spent" };
    private readonly GatewayOptions _options;

    private BenchCommand(GatewayOptions options) => _options = options;

    public static Command Create(Surroundings around, GatewayOptions options)
    {
        var bench = new BenchCommand(options);
        bench._requests.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1_000)
            {
                result.AddError("--requests: a whole number from 1 to 1000 is expected.");
            }
        });
        var command = ClientCommand.Create(
            around, options, "bench", "Compare the providers: the same small agent's request to each, through the running gateway", Longest, GatewayPlace.OfApi, bench.RunAsync);
        foreach (var option in (Option[])[bench._providers, bench._requests, bench._model, bench._save, bench._yes])
        {
            command.Options.Add(option);
        }

        return command;
    }

    private async Task<int> RunAsync(GatewayCall call)
    {
        var loaded = ConfigFile.Load(_options.Read(call.Parsed), call.Around.Environment, out _, out _);
        if (loaded.Config is not { } config)
        {
            ConfigProblems.Print(call.Around, loaded);
            return ExitCodes.Configuration;
        }

        var trials = Choose(call, config);
        if (trials.Count == 0 || !MaySpend(call, trials))
        {
            return ExitCodes.Usage;
        }

        var results = new List<BenchResult>();
        foreach (var trial in trials)
        {
            call.Around.Remark($"asking {trial.Provider.Name} for {trial.Model}");
            results.Add(await TryAsync(call, trial).ConfigureAwait(false));
        }

        await call.Around.Output.WriteAsync(call.IsJson ? BenchTable.Json(results) : BenchTable.Text(results, call.Around.HasColour)).ConfigureAwait(false);
        if (call.Parsed.GetValue(_save))
        {
            LatencyEstimates.Save(StateDirectory.Of(call.Around.Environment), results);
            call.Around.Remark("saved: the gateway takes it up when it reads its configuration again");
        }

        return results.TrueForAll(result => result.Whole.Count == result.Answers.Count) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private List<Trial> Choose(GatewayCall call, GatewayConfig config)
    {
        var wanted = call.Parsed.GetValue(_providers) is { Length: > 0 } names
            ? names
            : [.. config.Providers.Where(provider => provider.Enabled).Select(provider => provider.Name)];
        var prices = new PriceTable(config.Prices);
        var trials = new List<Trial>();
        foreach (var name in wanted)
        {
            if (config.Providers.FirstOrDefault(provider => provider.Name == name) is not { } provider)
            {
                call.Around.Remark($"{name} is no provider of the configuration");
                return [];
            }

            if ((call.Parsed.GetValue(_model) ?? TrialRequest.ModelOf(provider)) is not { } model)
            {
                call.Around.Remark($"the configuration names no model of {name}: name one with --model");
                return [];
            }

            trials.Add(new Trial(provider, model, prices.Find(Encoding.UTF8.GetBytes(model)) ?? new ProviderPrices(provider).Of(Encoding.UTF8.GetBytes(model))));
        }

        return trials;
    }

    // Of what has no written price nobody can say.
    private bool MaySpend(GatewayCall call, List<Trial> trials)
    {
        var requests = call.Parsed.GetValue(_requests);
        var paid = trials.FindAll(trial => !trial.Price.IsFree);
        if (paid.Count == 0 || call.Parsed.GetValue(_yes))
        {
            return true;
        }

        var most = paid.Sum(trial => trial.Price.Estimate(BenchRequest.InputTokens, BenchRequest.MaxTokens) * requests) / 1_000_000m;
        var unknown = paid.FindAll(trial => !trial.Price.IsKnown).ConvertAll(trial => trial.Provider.Name);
        call.Around.Remark(string.Create(
            CultureInfo.InvariantCulture,
            $"{requests} requests to each of {paid.Count} providers cost at most {most:0.0000} dollars{(unknown.Count > 0 ? $", not counting {string.Join(", ", unknown)}, whose price is not written" : "")}"));
        if (call.Around.Ask("Go on? [y/N] ") is "y" or "Y" or "yes")
        {
            return true;
        }

        call.Around.Remark("nothing was sent; --yes goes on without a question");
        return false;
    }

    private async Task<BenchResult> TryAsync(GatewayCall call, Trial trial)
    {
        var handshake = await Handshake.MeasureAsync(trial.Provider, call.Around.Time, call.Cancel).ConfigureAwait(false);
        var answers = new List<TimedAnswer>();
        for (var i = 0; i < call.Parsed.GetValue(_requests); i++)
        {
            answers.Add(await AskAsync(call, trial, calls: i % 2 == 1).ConfigureAwait(false));
        }

        var cost = answers.Sum(answer => trial.Price.Of(answer.Usage));
        return new BenchResult(trial.Provider.Name, trial.Model, handshake, answers, trial.Price.IsKnown ? cost : null);
    }

    private static async Task<TimedAnswer> AskAsync(GatewayCall call, Trial trial, bool calls)
    {
        var answer = new TimedAnswer(call.Around.Time);
        using var response = await call.PostMessageAsync(BenchRequest.Body(trial.Model, calls), "x-gateway-provider", trial.Provider.Name).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            answer.Error = $"{(int)response.StatusCode}";
            return answer;
        }

        var timing = response.Headers.TryGetValues("server-timing", out var values) ? string.Join(',', values) : null;
        answer.Timing = (TimedAnswer.DurationIn(timing, "connect"), TimedAnswer.DurationIn(timing, "gateway"));
        await using var stream = await response.Content.ReadAsStreamAsync(call.Cancel).ConfigureAwait(false);
        await answer.ReadAsync(stream, call.Cancel).ConfigureAwait(false);
        return answer;
    }

    private sealed record Trial(ProviderConfig Provider, string Model, Price Price);
}
