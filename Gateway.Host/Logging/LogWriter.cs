using Gateway.Core.Telemetry;
using Microsoft.Extensions.ObjectPool;

namespace Gateway.Host.Logging;

/// <summary>The thread that writes queued lines out: many in one write, and flushed whenever the queue is empty.</summary>
/// <param name="queue">Where lines wait.</param>
/// <param name="lines">Where written lines go back to.</param>
/// <param name="output">Where they are written to.</param>
/// <param name="losses">Counts what got lost.</param>
/// <param name="time">Clock of the reports of losses.</param>
/// <param name="gather">How long lines may gather before they are written together: waking a thread costs more than writing a line.</param>
internal sealed class LogWriter(
    LogQueue queue,
    ObjectPool<LogLine> lines,
    Stream output,
    LogLosses losses,
    TimeProvider time,
    TimeSpan gather)
{
    private readonly LogBatch _batch = new();
    private long _lossesInBatch;

    /// <summary>Writes until the queue is closed and empty.</summary>
    public void Run()
    {
        while (queue.Take() is { } first)
        {
            if (gather > TimeSpan.Zero)
            {
                queue.Gather(gather);
            }

            ReportLosses();
            for (var line = first; line is not null; line = queue.TryTake())
            {
                Write(line.Written);
                lines.Return(line);
            }

            Flush();
        }
    }

    private void Write(ReadOnlySpan<byte> line)
    {
        if (!_batch.TryAdd(line))
        {
            Flush();
            _batch.TryAdd(line); // a line is far smaller than a batch
        }
    }

    private void Flush()
    {
        var count = _batch.Lines;
        if (_batch.TryWriteTo(output))
        {
            losses.Reported(_lossesInBatch);
        }
        else
        {
            losses.Add(_lossesInBatch > 0 ? count - 1 : count); // the report itself is no loss
        }

        _lossesInBatch = 0;
    }

    private void ReportLosses()
    {
        _lossesInBatch = losses.Unreported;
        if (_lossesInBatch == 0)
        {
            return;
        }

        var line = lines.Get();
        line.Begin(time.GetUtcNow(), LogLevel.Warning, GatewayEvents.LogLinesDropped);
        line.Number("count"u8, _lossesInBatch).End();
        Write(line.Written);
        lines.Return(line);
    }
}
