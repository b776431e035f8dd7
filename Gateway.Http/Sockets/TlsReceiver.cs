using System.Net.Security;
using System.Runtime.CompilerServices;

namespace Gateway.Http.Sockets;

/// <summary>Turns the waiting reads of TLS into "take what is there" and "tell me when".</summary>
internal sealed class TlsReceiver
{
    private readonly SslStream _tls;
    private readonly ConnectionStream _stream;
    private readonly ReactorSignal _ready = new();
    private readonly Action _readEnded;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _reading;
    private State _state = State.Ready;
    private int _filled;
    private int _end = Connection.WouldBlock;

    public TlsReceiver(SslStream tls, ConnectionStream stream)
    {
        _tls = tls;
        _stream = stream;
        _readEnded = ReadEnded;
    }

    private enum State : byte
    {
        /// <summary>Bytes or an end can be taken.</summary>
        Ready,

        /// <summary>A read of no bytes waits for something to take.</summary>
        Watching,

        /// <summary>A read into the caller's buffer is pending: what was to be taken was not there after all.</summary>
        Filling,

        /// <summary>Bytes wait in the caller's buffer, to be taken by its next call.</summary>
        Filled,
    }

    /// <summary>A receive would bring bytes or an end.</summary>
    public bool IsReady => _state is State.Ready or State.Filled;

    /// <summary>The buffer of the last receive is still being written to, or holds bytes not yet told.</summary>
    public bool HoldsBuffer => _state is State.Filling or State.Filled;

    /// <summary>As <see cref="Connection.TryReceive(Memory{byte})"/>; while <see cref="HoldsBuffer"/>, always with the same buffer.</summary>
    public int TryReceive(Memory<byte> buffer)
    {
        if (_end != Connection.WouldBlock)
        {
            return _end;
        }

        if (_state == State.Ready)
        {
            Begin(buffer, State.Filling, State.Filled);
        }

        return _state == State.Filled ? TakeFilled() : Connection.WouldBlock;
    }

    /// <summary>Starts to look out for what comes next.</summary>
    public void Watch() => Begin(Memory<byte>.Empty, State.Watching, State.Ready);

    /// <summary>Ends when it <see cref="IsReady"/>, or at <see cref="Wake"/>.</summary>
    public ValueTask WaitAsync() => IsReady ? default : _ready.WaitAsync();

    /// <summary>Lets who waits look again.</summary>
    public void Wake() => _ready.Pulse();

    private void Begin(Memory<byte> buffer, State pending, State done)
    {
#pragma warning disable CA2012 // Its result is taken once: here if it has one already, else when it ends.
        var reading = _tls.ReadAsync(buffer).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        if (reading.IsCompleted)
        {
            _state = done;
            Finish(reading);
            return;
        }

        _state = pending;
        _reading = reading;
        reading.UnsafeOnCompleted(_readEnded);
    }

    private void ReadEnded()
    {
        var reading = _reading;
        _reading = default;
        _state = _state == State.Watching ? State.Ready : State.Filled;
        Finish(reading);
        _ready.Pulse();
    }

    private void Finish(ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter reading)
    {
        try
        {
            _filled = reading.GetResult();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // A record that does not decrypt, an end in the middle of one, or our own close.
            _state = State.Ready;
            _end = Connection.Lost;
        }
    }

    private int TakeFilled()
    {
        var count = _filled;
        if (count > 0)
        {
            Watch();
            return count;
        }

        // RFC 8446 section 6.1: without close_notify an attacker may have cut the stream, so it is not taken for whole.
        _state = State.Ready;
        _end = _stream.HasEnded ? Connection.Lost : Connection.EndOfStream;
        return _end;
    }
}
