namespace Gateway.Host.Ledger;

/// <summary>Carries lines from the reactors to the ledger's file: they gather in one buffer while a thread writes the other out.</summary>
/// <remarks>Bounded. A disk that takes nothing is tried again every second, and what does not fit meanwhile is dropped
/// and counted; a reactor waits for no disk. Thread-safe. Adding allocates nothing once the buffers have their size.</remarks>
internal sealed class LedgerWriter : IDisposable
{
    /// <summary>Most bytes that may wait.</summary>
    public const int MaxWaiting = 8 * 1024 * 1024;

    private const int FirstSize = 64 * 1024;

    // So many are worth a write before their time.
    private const int Many = MaxWaiting / 4;

    // Waking a thread costs more than writing a line.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Stream _file;
    private readonly Thread _thread;

    // Guards the fields below. A monitor, not a Lock, because the writer waits on it.
    private readonly object _gate = new();
    private byte[] _gathered = new byte[FirstSize];
    private byte[] _spare = new byte[FirstSize];
    private int _length;
    private long _dropped;
    private bool _writerWaits;
    private bool _isClosed;

    /// <summary>Writes into a file from now on.</summary>
    /// <param name="file">Gets whole lines; flushed after each write; not closed.</param>
    public LedgerWriter(Stream file)
    {
        _file = file;
        _thread = new Thread(Run) { IsBackground = true, Name = "ledger" };
        _thread.Start();
    }

    /// <summary>Lines lost because the disk took nothing for too long.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Adds a line, its line feed included.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            if (_isClosed || !HasRoom(line.Length))
            {
                _dropped++;
                return;
            }

            line.CopyTo(_gathered.AsSpan(_length));
            _length += line.Length;
            if (_writerWaits || (_length >= Many && _length - line.Length < Many))
            {
                _writerWaits = false;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Writes what is left, for a second at most.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join(LastWords);
    }

    private bool HasRoom(int length)
    {
        while (_gathered.Length - _length < length)
        {
            if (_gathered.Length >= MaxWaiting)
            {
                return false;
            }

            Array.Resize(ref _gathered, _gathered.Length * 2);
        }

        return true;
    }

    private void Run()
    {
        while (TryTake(out var lines, out var length))
        {
            var isLast = false;
            while (!TryWrite(lines.AsSpan(0, length)) && !isLast)
            {
                isLast = IsClosed(TryAgain);
            }

            lock (_gate)
            {
                _spare = lines;
            }
        }
    }

    // Waits for a line, then lets others join it.
    private bool TryTake(out byte[] lines, out int length)
    {
        lock (_gate)
        {
            while (_length == 0 && !_isClosed)
            {
                _writerWaits = true;
                Monitor.Wait(_gate);
            }

            if (!_isClosed)
            {
                Monitor.Wait(_gate, Gather);
            }

            (lines, length) = (_gathered, _length);
            (_gathered, _length) = (_spare, 0);
            return length > 0;
        }
    }

    private bool IsClosed(TimeSpan within)
    {
        lock (_gate)
        {
            return _isClosed || (Monitor.Wait(_gate, within) && _isClosed);
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> lines)
    {
        try
        {
            _file.Write(lines);
            _file.Flush();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
