namespace Gateway.Benchmarks.Load;

/// <summary>How fast requests are sent: by so many clients that wait for their answers, or so many a second whatever comes back.</summary>
/// <param name="Clients">Closed loop: clients at a time. Open loop: connections at most.</param>
/// <param name="Rate">Requests a second; 0 for the closed loop.</param>
internal readonly record struct Pace(int Clients, double Rate)
{
    /// <inheritdoc/>
    public override string ToString() => Rate > 0 ? FormattableString.Invariant($"{Rate:0.#}/s") : $"{Clients} clients";
}
