namespace Gateway.Host.Logging;

/// <summary>Carries lines from the reactors to a file: each thread has a lane, and a thread of the writer's own empties them all.</summary>
/// <remarks>Bounded. A disk that takes nothing is tried again every second, and what does not fit meanwhile is dropped
/// and counted; a reactor waits for no disk, and for no other reactor unless the order of all lines is asked for. Thread-safe. Adding
/// allocates nothing once the lanes have their size.</remarks>
internal sealed class LineWriter : IDisposable
{
    /// <summary>Most bytes that may wait.</summary>
    public const int MaxWaiting = 8 * 1024 * 1024;

    // So many are worth a write before their time.
    private const int Many = MaxWaiting / 4;

    // So many looks without a line, and the file has been flushed of all there was; from there on a line has to wake the thread.
    private const int LooksBeforeSleep = 6;

    // Waking a thread costs more than writing a line.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Stream _file;
    private readonly Thread _thread;
    private readonly LineRoom _room = new(MaxWaiting);
    private readonly ThreadLocal<LineLane> _lanes;

    // In place of one for each thread, where lines stay in order: guarded by the lock.
    private readonly LineLane? _common;
    private readonly Lock _order = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private long _dropped;
    private int _sleeps;
    private volatile bool _isClosed;

    /// <summary>Writes into a file from now on.</summary>
    /// <param name="file">Gets whole lines; flushed when they have been written, and some times more while none come, at most
    /// <see cref="Gather"/> apart; not closed.</param>
    /// <param name="name">Name of the thread.</param>
    /// <param name="inOrder">Lines of all threads stay in the order they come in, for the price of a lock; else those of each thread do.</param>
    public LineWriter(Stream file, string name, bool inOrder = false)
    {
        _file = file;
        _lanes = new ThreadLocal<LineLane>(() => new LineLane(_room), trackAllValues: true);
        _common = inOrder ? _lanes.Value : null;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Lines lost because the disk took nothing for too long.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Adds a line, its line feed included.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        var usedBefore = _room.Used;
        if (_isClosed || !TryAdd(line))
        {
            Interlocked.Increment(ref _dropped);
        }
        else if (Volatile.Read(ref _sleeps) != 0 || (usedBefore < Many && _room.Used >= Many))
        {
            Volatile.Write(ref _sleeps, 0);
            _wake.Set();
        }
    }

    /// <summary>Writes what is left, for a second at most.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _wake.Set();
        if (_thread.Join(LastWords))
        {
            _wake.Dispose();
            _lanes.Dispose();
        }
    }

    private bool TryAdd(ReadOnlySpan<byte> line)
    {
        if (_common is null)
        {
            return _lanes.Value!.TryAdd(line);
        }

        lock (_order)
        {
            return _common.TryAdd(line);
        }
    }

    private void Run()
    {
        var looks = 0;
        while (!_isClosed)
        {
            if (looks == LooksBeforeSleep)
            {
                Sleep();
                looks = 0;
            }

            _wake.WaitOne(Gather);
            looks = WriteWaiting() ? 0 : looks + 1;
        }

        WriteWaiting();
    }

    // Who adds a line looks at the flag after it, without a barrier: the thread that sleeps, which is rare, pays for both.
    private void Sleep()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Shrink();
        }

        Volatile.Write(ref _sleeps, 1);
        Interlocked.MemoryBarrierProcessWide();
        if (!_isClosed && !HasLines())
        {
            _wake.WaitOne();
        }

        Volatile.Write(ref _sleeps, 0);
    }

    // No LINQ: it would be loaded here, and there may be no descriptor left to load it with.
    private bool HasLines()
    {
        foreach (var lane in _lanes.Values)
        {
            if (!lane.Waiting().IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    // True if there was anything to write.
    private bool WriteWaiting()
    {
        var any = false;
        foreach (var lane in _lanes.Values)
        {
            while (lane.Waiting() is { IsEmpty: false } lines)
            {
                any = true;
                var taken = Write(lines);
                lane.Took(taken);
                if (taken < lines.Length)
                {
                    if (_isClosed)
                    {
                        return any;
                    }

                    _wake.WaitOne(TryAgain);
                }
            }
        }

        Flush();
        return any;
    }

    // How much of it is written.
    private int Write(ReadOnlySpan<byte> lines)
    {
        try
        {
            _file.Write(lines);
            return lines.Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is PartlyWrittenException { Taken: var taken } ? taken : 0;
        }
    }

    // What can't be flushed now is flushed with what comes next.
    private void Flush()
    {
        try
        {
            _file.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
