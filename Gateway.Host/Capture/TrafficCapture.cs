using Gateway.Core.Telemetry;
using Gateway.Host.Logging;

namespace Gateway.Host.Capture;

/// <summary>Writes down how each message went, for a benchmark to play it again: one line each. Never blocks a request.</summary>
internal sealed class TrafficCapture : IExchangeObserver, IDisposable
{
    private readonly RotatingFile _file;
    private readonly LineWriter _writer;
    private readonly ThreadLocal<CaptureLine> _line = new(static () => new CaptureLine());
    private readonly TimeProvider _time;

    /// <summary>Captures into a file from now on.</summary>
    /// <param name="file">Opened already.</param>
    /// <param name="time">The clock.</param>
    public TrafficCapture(RotatingFile file, TimeProvider time)
    {
        (_file, _time) = (file, time);
        _writer = new LineWriter(file, "capture");
    }

    /// <summary>Lines lost because the disk took nothing for too long.</summary>
    public long Dropped => _writer.Dropped;

    /// <inheritdoc />
    public void Finished(in ExchangeRecord record)
    {
        if (record.Trail is { } trail)
        {
            _writer.Add(_line.Value!.Write(record, trail, _time.GetUtcNow()));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
        _line.Dispose();
    }
}
