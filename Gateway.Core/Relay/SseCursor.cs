using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Gateway.Core.Relay;

/// <summary>What the cursor met.</summary>
internal enum SseStep : byte
{
    /// <summary>The bytes at hand are used up.</summary>
    NeedMoreBytes,

    /// <summary>A piece of the current event's data.</summary>
    Data,

    /// <summary>A blank line: the event is complete.</summary>
    EventEnd,
}

/// <summary>Walks over a server-sent event stream that may be cut at any byte, and stops only where we want to read.</summary>
/// <remarks>Lines end with LF, CR or CRLF; the rules are those of the WHATWG HTML standard, section 9.2.6.</remarks>
internal struct SseCursor
{
    // What stands around a delta's text: its name, its type, its index.
    private const int Around = 115;
    private const int BytesPerToken = 4;

    private Head _head;
    private byte _headLength;
    private Field _field;
    private bool _lineHasBytes;
    private bool _lineFeedMayFollow;
    private long _deltaBytes;
    private long _eventBytes;
    private long _readDeltas;

    private enum Field : byte
    {
        Undecided,
        Data,
        Ignored,
    }

    /// <summary>Name of the current event, as its <c>event:</c> line gave it.</summary>
    public AnswerEvent Named { get; private set; }

    /// <summary>The current event has a data line. Without one the standard drops it.</summary>
    public bool HasData { get; private set; }

    /// <summary>Content deltas the cursor has jumped over without a step.</summary>
    public long Deltas { get; private set; }

    /// <summary>About how many tokens those deltas held: four bytes each, and no delta without one.</summary>
    public readonly long WrittenTokens => Math.Max(Deltas + _readDeltas, (_deltaBytes - ((Deltas + _readDeltas) * Around)) / BytesPerToken);

    /// <summary>No byte of a half event has passed.</summary>
    public bool AtBoundary { get; private set; }

    /// <summary>Starts at the beginning of a stream.</summary>
    public void Begin()
    {
        this = default;
        AtBoundary = true;
    }

    /// <summary>Moves on to the next step.</summary>
    /// <param name="bytes">The bytes at hand; shortened by what was passed.</param>
    /// <param name="data">The piece, when the step is <see cref="SseStep.Data"/>.</param>
    public SseStep Read(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> data)
    {
        data = default;
        while (!bytes.IsEmpty)
        {
            if (_lineFeedMayFollow)
            {
                _lineFeedMayFollow = false;
                bytes = bytes[0] == '\n' ? bytes[1..] : bytes;
            }
            else if (AtBoundary && JumpOverDeltas(ref bytes))
            {
                continue;
            }
            else
            {
                var before = bytes.Length;
                var step = ReadLine(ref bytes, out data);
                _eventBytes += before - bytes.Length;
                if (step != SseStep.NeedMoreBytes)
                {
                    return step;
                }
            }
        }

        return SseStep.NeedMoreBytes;
    }

    /// <summary>Forgets the event that has just ended.</summary>
    public void NextEvent()
    {
        if (Named == AnswerEvent.ContentBlockDelta)
        {
            // One that could not be jumped over: it came in pieces, or with other line ends.
            _readDeltas++;
            _deltaBytes += _eventBytes;
        }

        _eventBytes = 0;
        Named = AnswerEvent.None;
        HasData = false;
        AtBoundary = true;
    }

    // Nearly every event is one of these, whole and in one spelling: one comparison, one search for the line end. One that may hold a
    // signature is left to be read.
    private bool JumpOverDeltas(ref ReadOnlySpan<byte> bytes)
    {
        var opening = "event: content_block_delta\ndata: "u8;
        var rest = bytes;
        var jumped = 0L;
        while (rest.StartsWith(opening))
        {
            var end = opening.Length + rest[opening.Length..].IndexOfAny((byte)'\n', (byte)'\r');
            if (end < opening.Length || !rest[end..].StartsWith("\n\n"u8) || MayBeSignature(rest[opening.Length..end]))
            {
                break;
            }

            rest = rest[(end + 2)..];
            jumped++;
        }

        Deltas += jumped;
        _deltaBytes += bytes.Length - rest.Length;
        bytes = rest;
        return jumped > 0;
    }

    // In the one spelling the kind of a delta stands at a fixed place behind the block's number; any other spelling is searched.
    private static bool MayBeSignature(ReadOnlySpan<byte> data)
    {
        var before = "{\"type\":\"content_block_delta\",\"index\":"u8;
        var between = ",\"delta\":{\"type\":\""u8;
        var kind = data.StartsWith(before) ? before.Length + data[before.Length..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') : 0;
        return kind > before.Length && data[kind..].StartsWith(between) && data.Length > kind + between.Length
            ? data[kind + between.Length] == 's'
            : data.IndexOf("signature"u8) >= 0;
    }

    private SseStep ReadLine(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> data)
    {
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        if (end != 0)
        {
            var piece = end < 0 ? bytes : bytes[..end];
            bytes = bytes[piece.Length..];
            data = ReadPiece(piece);
            return data.IsEmpty ? SseStep.NeedMoreBytes : SseStep.Data;
        }

        _lineFeedMayFollow = bytes[0] == '\r';
        bytes = bytes[1..];
        return EndLine(out data);
    }

    // Returns what of the piece is data to read.
    private ReadOnlySpan<byte> ReadPiece(ReadOnlySpan<byte> piece)
    {
        _lineHasBytes = true;
        AtBoundary = false;
        if (_field == Field.Undecided)
        {
            piece = ReadHead(piece);
        }

        return _field == Field.Data ? piece : default;
    }

    // Gathers the start of a line until it is clear what the line is; returns what of the piece lies behind it.
    private ReadOnlySpan<byte> ReadHead(ReadOnlySpan<byte> piece)
    {
        var taken = Math.Min(piece.Length, Head.Capacity - _headLength);
        piece[..taken].CopyTo(((Span<byte>)_head)[_headLength..]);
        var before = _headLength;
        _headLength += (byte)taken;
        var head = LineHead();
        if (head.StartsWith("data:"u8))
        {
            HasData = true;
            _field = Named.IsReadClosely() ? Field.Data : Field.Ignored;
            return piece[(_headLength - head.Length + "data:"u8.Length - before)..];
        }

        if (_headLength == Head.Capacity)
        {
            _field = Field.Ignored;
            Named = head.StartsWith("event:"u8) ? AnswerEvent.Other : Named;
        }

        return default;
    }

    private SseStep EndLine(out ReadOnlySpan<byte> data)
    {
        data = default;
        if (!_lineHasBytes)
        {
            return SseStep.EventEnd;
        }

        var field = _field;
        if (field == Field.Undecided)
        {
            EndHead();
        }

        _headLength = 0;
        _lineHasBytes = false;
        _field = Field.Undecided;

        // Data of several lines is joined by line feeds (same section).
        data = field == Field.Data ? "\n"u8 : default;
        return data.IsEmpty ? SseStep.NeedMoreBytes : SseStep.Data;
    }

    private void EndHead()
    {
        var head = LineHead();
        if (head.StartsWith("event:"u8))
        {
            var name = head["event:"u8.Length..];
            Named = AnswerEvents.Named(name.StartsWith(" "u8) ? name[1..] : name);
        }
        else
        {
            HasData |= head.SequenceEqual("data"u8);
        }
    }

    // One byte order mark may stand before the first line; before any other it would only spoil an unknown field.
    [UnscopedRef]
    private readonly ReadOnlySpan<byte> LineHead()
    {
        var head = ((ReadOnlySpan<byte>)_head)[.._headLength];
        return head.StartsWith("\uFEFF"u8) ? head[3..] : head;
    }

    [InlineArray(Capacity)]
    private struct Head
    {
        // A mark of order, "event: " and the longest name we know.
        public const int Capacity = 32;

        private byte _first;
    }
}
