using System.CommandLine;
using System.CommandLine.Parsing;
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
    // One answer; how long all of them take is for the number of requests to say.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Option<string[]> _providers = new("--providers") { Description = "Whom to ask, with commas between; without it all that are configured", CustomParser = ParseNames };
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

        call.Around.Remark($"asking {string.Join(", ", trials.ConvertAll(trial => $"{trial.Provider.Name} for {trial.Model}"))}");
        await AskAllAsync(call, trials).ConfigureAwait(false);
        var results = trials.ConvertAll(trial => trial.Result());
        await call.Around.Output.WriteAsync(call.IsJson ? BenchTable.Json(results) : BenchTable.Text(results, call.Around.HasColour)).ConfigureAwait(false);
        if (call.Parsed.GetValue(_save))
        {
            LatencyEstimates.Save(StateDirectory.Of(call.Around.Environment), results);
            call.Around.Remark("saved: the gateway takes it up when it reads its configuration again");
        }

        return !call.Cancel.IsCancellationRequested && results.TrueForAll(result => result.Whole.Count == result.Answers.Count) ? ExitCodes.Success : ExitCodes.Failure;
    }

    // Each name once, in the order in which they were given.
    private static string[] ParseNames(ArgumentResult result)
    {
        string[] names = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];
        if (names.Length == 0)
        {
            result.AddError("--providers: names with commas between are expected, such as a,b.");
        }

        return names;
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
                call.Around.Remark($"{name} is no provider of the configuration, which has {string.Join(", ", config.Providers.Select(provider => provider.Name))}");
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

        var most = paid.Sum(trial => trial.Price.Estimate(BenchRequest.MostInputTokens, BenchRequest.MaxTokens) * requests) / 1_000_000m;
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

    // One to each in turn, and the other way round the next time, so that what changes meanwhile meets all alike. Ctrl-C keeps what is there.
    private async Task AskAllAsync(GatewayCall call, List<Trial> trials)
    {
        foreach (var trial in trials)
        {
            trial.Handshake = await Handshake.MeasureAsync(trial.Provider, call.Around.Time, call.Cancel).ConfigureAwait(false);
        }

        var requests = call.Parsed.GetValue(_requests);
        for (var i = 0; i < requests; i++)
        {
            foreach (var trial in i / 2 % 2 == 0 ? trials : trials.AsEnumerable().Reverse())
            {
                var answer = await AskAsync(call, trial, BenchRequest.AsksForCall(i)).ConfigureAwait(false);
                if (call.Cancel.IsCancellationRequested)
                {
                    call.Around.Remark($"stopped after {trials.Sum(asked => asked.Answers.Count)} of {requests * trials.Count} answers");
                    return;
                }

                trial.Answers.Add(answer);
            }
        }
    }

    // Whatever happens to one answer says something about its provider, and nothing about the others; but for a gateway that is not there at all.
    private static async Task<TimedAnswer> AskAsync(GatewayCall call, Trial trial, bool calls)
    {
        var answer = new TimedAnswer(call.Around.Time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(call.Cancel);
        patience.CancelAfter(Longest);
        try
        {
            using var response = await call.PostMessageAsync(BenchRequest.Body(trial.Model, calls), "x-gateway-provider", trial.Provider.Name).ConfigureAwait(false);
            answer.NoteHead(response.Headers.TryGetValues("server-timing", out var values) ? string.Join(',', values) : null);
            if (!response.IsSuccessStatusCode)
            {
                answer.Error = $"{(int)response.StatusCode}: {GatewayCall.MessageIn(await response.Content.ReadAsStringAsync(patience.Token).ConfigureAwait(false))}";
                return answer;
            }

            await using var stream = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            await answer.ReadAsync(stream, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            answer.Error = $"no whole answer in {Longest.TotalMinutes:0} minutes";
        }
        catch (Exception exception) when (exception is IOException || (exception is HttpRequestException && trial.Answers.Count > 0))
        {
            answer.Error = exception.Message;
        }

        return answer;
    }

    private sealed record Trial(ProviderConfig Provider, string Model, Price Price)
    {
        public List<TimedAnswer> Answers { get; } = [];

        public (double? ConnectMs, double? TlsMs) Handshake { get; set; }

        public BenchResult Result() =>
            new(Provider.Name, Model, Handshake, Answers, Price.IsKnown ? Answers.Sum(answer => Price.Of(answer.Usage)) : null);
    }
}
