namespace Gateway.Host.Bench;

/// <summary>What came of all requests to one provider.</summary>
/// <param name="Provider">Who was asked.</param>
/// <param name="Model">What it was asked for.</param>
/// <param name="Handshake">Time for a TCP connection and for TLS over it, ms; null where it could not be had or there is none.</param>
/// <param name="Answers">All answers, in the order of the requests.</param>
/// <param name="CostMicroUsd">Millionths of a dollar; null if its price is not written.</param>
internal sealed record BenchResult(string Provider, string Model, (double? ConnectMs, double? TlsMs) Handshake, IReadOnlyList<TimedAnswer> Answers, long? CostMicroUsd)
{
    /// <summary>Answers that came whole and without an error.</summary>
    public IReadOnlyList<TimedAnswer> Whole { get; } = [.. Answers.Where(answer => answer is { IsWhole: true, Error: null })];

    /// <summary>How many of the requests were for a tool call.</summary>
    public int CallsAsked => Calls.Count();

    /// <summary>How many of those were answered with the call that was asked for.</summary>
    public int CallsRight => Calls.Count(answer => answer is { IsWhole: true, Error: null, IsRightCall: true });

    /// <summary>What went wrong most often; null if nothing did.</summary>
    public string? CommonestError => Answers.Select(answer => answer.Error).OfType<string>()
        .CountBy(error => error).OrderByDescending(error => error.Value).Select(error => error.Key).FirstOrDefault();

    private IEnumerable<TimedAnswer> Calls => Answers.Where((_, place) => BenchRequest.AsksForCall(place));

    /// <summary>Median of a figure over the answers that have it; null if none has.</summary>
    public double? Median(Func<TimedAnswer, double?> figure)
    {
        double[] values = [.. Whole.Select(figure).OfType<double>().Order()];
        return values.Length == 0 ? null : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    /// <summary>The largest of a figure; null if there is none.</summary>
    public double? Largest(Func<TimedAnswer, double?> figure) => Whole.Select(figure).Max();
}
