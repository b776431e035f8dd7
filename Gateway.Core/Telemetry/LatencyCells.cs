namespace Gateway.Core.Telemetry;

/// <summary>One writer's times for one provider. Owner's thread adds, any reads.</summary>
public sealed class LatencyCells
{
    /// <summary>From the request's first byte to the answer's last.</summary>
    public Histogram Duration { get; } = new(Histogram.AnswerBounds);

    /// <summary>To the first byte of the answer.</summary>
    public Histogram FirstChunk { get; } = new(Histogram.AnswerBounds);

    /// <summary>From one event of the answer to the next, on average over an exchange.</summary>
    public Histogram PerChunk { get; } = new(Histogram.AnswerBounds);

    /// <summary>Estimated input tokens by reported ones, in millionths: no time, but a figure of the same provider.</summary>
    public Histogram EstimateRatio { get; } = new(Histogram.RatioBounds);

    /// <summary>Counted input tokens by reported ones, in millionths.</summary>
    public Histogram CountRatio { get; } = new(Histogram.RatioBounds);

    internal void Count(in ExchangeRecord record)
    {
        if (record.EstimateRatio > 0)
        {
            EstimateRatio.Add(record.EstimateRatio);
        }

        if (record.CountRatio > 0)
        {
            CountRatio.Add(record.CountRatio);
        }

        if (record.TotalMicroseconds < 0)
        {
            return;
        }

        Duration.Add(record.TotalMicroseconds);
        if (record.FirstByteMicroseconds >= 0)
        {
            FirstChunk.Add(record.FirstByteMicroseconds);
            if (record.Events > 1)
            {
                PerChunk.Add((record.TotalMicroseconds - record.FirstByteMicroseconds) / record.Events);
            }
        }
    }
}
