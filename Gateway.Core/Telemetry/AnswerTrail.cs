using System.Buffers;

namespace Gateway.Core.Telemetry;

/// <summary>When which piece of one answer went out: what a captured exchange is played again by. One thread; reused by <see cref="Begin"/>.</summary>
/// <param name="keepsBodies">Whether it keeps what was said, too.</param>
public sealed class AnswerTrail(bool keepsBodies)
{
    /// <summary>Pieces whose times are kept; those beyond are only counted.</summary>
    public const int MostPieces = 4_096;

    /// <summary>Bytes kept of each body.</summary>
    public const int MostBodyBytes = 1024 * 1024;

    private const int FirstPieces = 64;

    private readonly ArrayBufferWriter<byte>? _request = keepsBodies ? new ArrayBufferWriter<byte>() : null;
    private readonly ArrayBufferWriter<byte>? _answer = keepsBodies ? new ArrayBufferWriter<byte>() : null;
    private TrailPiece[] _pieces = new TrailPiece[FirstPieces];
    private int _count;
    private long _lastTurn;
    private long _lastMicroseconds;

    /// <summary>An exchange is being followed.</summary>
    public bool IsOn { get; private set; }

    /// <summary>The pieces, in order.</summary>
    public ReadOnlySpan<TrailPiece> Pieces => _pieces.AsSpan(0, _count);

    /// <summary>Pieces beyond the most that are kept.</summary>
    public long Beyond { get; private set; }

    /// <summary>The client asked for a stream.</summary>
    public bool IsStreaming { get; private set; }

    /// <summary>Messages of the request.</summary>
    public int Messages { get; private set; }

    /// <summary>Tools it offers.</summary>
    public int Tools { get; private set; }

    /// <summary>The request, as far as it is kept.</summary>
    public ReadOnlySpan<byte> Request => _request is null ? default : _request.WrittenSpan;

    /// <summary>The answer, as far as it is kept.</summary>
    public ReadOnlySpan<byte> Answer => _answer is null ? default : _answer.WrittenSpan;

    /// <summary>Nothing is followed.</summary>
    public void Clear()
    {
        IsOn = false;
        _count = 0;
        Beyond = 0;
        _lastTurn = -1;
        _lastMicroseconds = 0;
        _request?.ResetWrittenCount();
        _answer?.ResetWrittenCount();
    }

    /// <summary>An exchange begins to be followed.</summary>
    public void Begin(bool isStreaming, int messages, int tools, in ReadOnlySequence<byte> request)
    {
        Clear();
        IsOn = true;
        (IsStreaming, Messages, Tools) = (isStreaming, messages, tools);
        if (_request is not null)
        {
            foreach (var segment in request)
            {
                Keep(_request, segment.Span);
            }
        }
    }

    /// <summary>A piece goes to the client. Pieces of one turn are one: they leave together.</summary>
    /// <param name="payload">Its bytes.</param>
    /// <param name="turn">The turn of its thread's loop.</param>
    /// <param name="microseconds">Since the exchange began.</param>
    public void Add(ReadOnlySpan<byte> payload, long turn, long microseconds)
    {
        if (_answer is not null)
        {
            Keep(_answer, payload);
        }

        if (turn == _lastTurn && _count > 0 && Beyond == 0)
        {
            _pieces[_count - 1].Bytes += payload.Length;
            return;
        }

        _lastTurn = turn;
        if (_count == MostPieces)
        {
            Beyond++;
            return;
        }

        if (_count == _pieces.Length)
        {
            Array.Resize(ref _pieces, _count * 2);
        }

        _pieces[_count++] = new TrailPiece { GapMicroseconds = microseconds - _lastMicroseconds, Bytes = payload.Length };
        _lastMicroseconds = microseconds;
    }

    private static void Keep(ArrayBufferWriter<byte> body, ReadOnlySpan<byte> piece) =>
        body.Write(piece[..Math.Min(piece.Length, MostBodyBytes - body.WrittenCount)]);
}

/// <summary>A piece of an answer.</summary>
public struct TrailPiece
{
    /// <summary>Since the piece before it, or since the request's first byte.</summary>
    public long GapMicroseconds { get; set; }

    /// <summary>How long it is.</summary>
    public int Bytes { get; set; }
}
