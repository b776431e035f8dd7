using Gateway.Core.Telemetry;

namespace Gateway.Host.Logging;

/// <summary>Lines on their way to the writer: bounded, first in, first out.</summary>
/// <remarks>Any thread adds, one thread takes. The lock is held for a few instructions and never during output.
/// Allocates nothing after construction.</remarks>
/// <param name="capacity">Lines that may wait.</param>
internal sealed class LogQueue(int capacity)
{
    // Guards all fields below. A monitor, not a Lock, because the writer waits on it.
    private readonly object _gate = new();
    private readonly LogLine?[] _lines = new LogLine?[capacity];
    private int _first;
    private int _count;
    private bool _writerWaits;
    private bool _gathers;
    private bool _closed;

    /// <summary>Adds a line, unless the queue is full or closed.</summary>
    public bool TryAdd(LogLine line)
    {
        lock (_gate)
        {
            if (_closed || _count == _lines.Length)
            {
                return false;
            }

            _lines[(_first + _count) % _lines.Length] = line;
            _count++;
            if (_writerWaits || (_gathers && _count == _lines.Length / 2))
            {
                _writerWaits = false;
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Takes the oldest line if one is there.</summary>
    public LogLine? TryTake()
    {
        lock (_gate)
        {
            return _count == 0 ? null : TakeFirst();
        }
    }

    /// <summary>Takes the oldest line; waits for one.</summary>
    /// <returns>Null once the queue is closed and empty.</returns>
    public LogLine? Take()
    {
        lock (_gate)
        {
            while (_count == 0)
            {
                if (_closed)
                {
                    return null;
                }

                _writerWaits = true;
                Monitor.Wait(_gate);
            }

            return TakeFirst();
        }
    }

    /// <summary>Lets lines gather: returns after so long, when half of the room is taken, or when the queue is closed.</summary>
    public void Gather(TimeSpan longest)
    {
        lock (_gate)
        {
            if (!_closed && _count < _lines.Length / 2)
            {
                _gathers = true;
                Monitor.Wait(_gate, longest);
                _gathers = false;
            }
        }
    }

    /// <summary>Takes no more lines; those inside can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    private LogLine TakeFirst()
    {
        var line = _lines[_first]!;
        _lines[_first] = null;
        _first = (_first + 1) % _lines.Length;
        _count--;
        return line;
    }
}
