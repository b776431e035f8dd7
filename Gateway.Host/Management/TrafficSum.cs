using Gateway.Core.Telemetry;

namespace Gateway.Host.Management;

/// <summary>The counts of one set of labels over all reactors.</summary>
internal sealed class TrafficSum
{
    /// <summary>Exchanges by outcome.</summary>
    public long[] Outcomes { get; } = new long[(int)ExchangeOutcome.GatewayFault + 1];

    /// <summary>Tokens: input, output, read from the prompt cache, written to it.</summary>
    public long[] Tokens { get; } = new long[4];

    /// <summary>Millionths of a dollar.</summary>
    public long CostMicroUsd { get; private set; }

    /// <summary>Every set of labels that has counts.</summary>
    public static IEnumerable<(TrafficLabels Labels, TrafficSum Sum)> Of(GatewayMetrics metrics)
    {
        var labels = metrics.Traffic.Labels;
        for (var slot = 0; slot < labels.Count; slot++)
        {
            var sum = new TrafficSum();
            var cells = metrics.Writers.Select(writer => writer.Traffic(slot)).OfType<TrafficCells>().ToList();
            cells.ForEach(sum.Add);
            if (cells.Count > 0)
            {
                yield return (labels[slot], sum);
            }
        }
    }

    private void Add(TrafficCells cells)
    {
        for (var outcome = 0; outcome < Outcomes.Length; outcome++)
        {
            Outcomes[outcome] += cells.Exchanges((ExchangeOutcome)outcome);
        }

        for (var kind = 0; kind < Tokens.Length; kind++)
        {
            Tokens[kind] += cells.Tokens(kind);
        }

        CostMicroUsd += cells.CostMicroUsd;
    }
}
