using Gateway.Core.Telemetry;

namespace Gateway.Core.Relay;

/// <summary>How an answer's body is to be understood.</summary>
public enum AnswerKind : byte
{
    /// <summary><c>text/event-stream</c>: an Anthropic event stream.</summary>
    EventStream,

    /// <summary>One JSON object: a message or an error.</summary>
    Message,

    /// <summary>Anything else: only counted.</summary>
    Opaque,
}

/// <summary>Listens in on an answer that is relayed byte for byte, and learns what it cost and how it ended.</summary>
/// <remarks>It sees every byte, changes none, keeps none and never faults, whatever comes; the bytes may be cut
/// anywhere. Allocates nothing after construction. Single-threaded; reused by <see cref="Begin"/>.</remarks>
public sealed class AnswerTap
{
    private AnswerKind _kind;
    private SseCursor _events;
    private AnswerJson _json;
    private ShortText _model;
    private ShortText _stopReason;
    private ShortText _errorType;
    private SignatureList _signatures;
    private long _eventsRead;

    /// <summary>A tap at the beginning of an answer of unknown kind.</summary>
    public AnswerTap() => Begin(AnswerKind.Opaque);

    /// <summary>Nothing of a half event has passed since the last blank line: an event of our own may follow here.
    /// Always true for answers that are no event stream.</summary>
    public bool AtEventBoundary => _events.AtBoundary;

    /// <summary>How the body is understood; opaque once a JSON body has been judged.</summary>
    public AnswerKind Kind => _kind;

    /// <summary>The provider has begun a message (for JSON: known at the end).</summary>
    public bool MessageStarted { get; private set; }

    /// <summary>The first <c>content_block_start</c> has passed: the commit point. From here on Claude Code may have
    /// acted on what it read, so nothing may be replayed. Stays false for JSON answers.</summary>
    public bool ContentStarted { get; private set; }

    /// <summary>The message came to its regular end.</summary>
    public bool MessageStopped { get; private set; }

    /// <summary>The JSON body ended before its object did (known at the end).</summary>
    public bool IsHalf { get; private set; }

    /// <summary>An <c>error</c> event passed, or the JSON body was an error (known at the end).</summary>
    public bool HasError { get; private set; }

    /// <summary>The tokens reported so far.</summary>
    public Usage Usage { get; private set; }

    /// <summary>The tokens to book: those reported, or those of an answer that was cut off, its output estimated.</summary>
    public Usage Bill => Usage.Source == UsageSource.Partial && ContentStarted ? Usage.CutAfter(_events.WrittenTokens) : Usage;

    /// <summary>Why the model stopped, such as <c>end_turn</c>; empty while unknown. At most 128 bytes of UTF-8.</summary>
    public ReadOnlySpan<byte> StopReason => _stopReason.Span;

    /// <summary>The <c>error.type</c> that passed, such as <c>overloaded_error</c>; empty if none. At most 128 bytes.</summary>
    public ReadOnlySpan<byte> ErrorType => _errorType.Span;

    /// <summary>The model that answers, by its own account; empty while unknown. At most 128 bytes.</summary>
    public ReadOnlySpan<byte> Model => _model.Span;

    /// <summary>Hashes of the signatures of thinking that passed, the first 32 (<see cref="Analysis.StableHasher"/>).</summary>
    public ReadOnlySpan<ulong> Signatures => _signatures.Span;

    /// <summary>Complete events that passed.</summary>
    public long Events => _eventsRead + _events.Deltas;

    /// <summary>Bytes that passed.</summary>
    public long Bytes { get; private set; }

    /// <summary>Forgets the last answer and starts with the next.</summary>
    /// <param name="kind">From the answer's Content-Type.</param>
    public void Begin(AnswerKind kind)
    {
        _kind = kind;
        _events.Begin();
        _json.Begin();
        _model.Clear();
        _stopReason.Clear();
        _errorType.Clear();
        _signatures.Clear();
        _eventsRead = 0;
        Bytes = 0;
        MessageStarted = ContentStarted = MessageStopped = IsHalf = HasError = false;
        Usage = Usage.None;
    }

    /// <summary>Sees the next bytes of the answer, in order.</summary>
    public void Observe(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        if (_kind == AnswerKind.EventStream)
        {
            ObserveEvents(bytes);
        }
        else if (_kind == AnswerKind.Message)
        {
            _json.Feed(bytes);
        }
    }

    /// <summary>The answer is over, or cut off: a half event is dropped, a JSON body is judged.</summary>
    public void End()
    {
        if (_kind != AnswerKind.Message || Bytes == 0)
        {
            return;
        }

        HasError = IsError(AnswerEvent.None);
        MessageStarted = _json.Facts.Type.Span.SequenceEqual("message"u8);
        MessageStopped = MessageStarted && _json.IsComplete;
        IsHalf = _json.IsOpen;
        _signatures.Add(_json.Facts.Signatures);
        Learn(_json.IsComplete ? UsageSource.Final : UsageSource.Partial);
        _kind = AnswerKind.Opaque; // a second End learns nothing new
    }

    private void ObserveEvents(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            switch (_events.Read(ref bytes, out var data))
            {
                case SseStep.Data:
                    _json.Feed(data);
                    break;
                case SseStep.EventEnd:
                    EndEvent();
                    break;
                default:
                    ContentStarted |= _events.Deltas > 0;
                    return;
            }
        }
    }

    private void EndEvent()
    {
        if (_events.HasData)
        {
            _eventsRead++;
            Take(_events.Named);
            _json.Begin();
        }

        _events.NextEvent();
    }

    // The name says what an event is; where there is none, its JSON does.
    private void Take(AnswerEvent named)
    {
        if (IsError(named))
        {
            HasError = true;
            Learn(UsageSource.None);
            return;
        }

        switch (named == AnswerEvent.None ? AnswerEvents.Named(_json.Facts.Type.Span) : named)
        {
            case AnswerEvent.MessageStart:
                MessageStarted = true;
                Learn(UsageSource.Partial);
                break;
            case AnswerEvent.ContentBlockStart or AnswerEvent.ContentBlockDelta:
                ContentStarted = true;
                _signatures.Add(_json.Facts.Signatures);
                break;
            case AnswerEvent.MessageDelta:
                Learn(UsageSource.Final);
                break;
            case AnswerEvent.MessageStop:
                MessageStopped = true;
                break;
        }
    }

    // Without a name, the body decides: {"type":"error",...}, or an error member as other vendors write it.
    private bool IsError(AnswerEvent named) =>
        named == AnswerEvent.Error
        || (named == AnswerEvent.None
            && (_json.Facts.HasError || _json.Facts.Type.Span.SequenceEqual("error"u8)));

    private void Learn(UsageSource source)
    {
        ref var facts = ref _json.Facts;
        Usage = Usage.UpdatedBy(facts.UsageFrom(source));
        Keep(ref _model, facts.Model);
        Keep(ref _stopReason, facts.StopReason);
        Keep(ref _errorType, facts.ErrorType);
    }

    private static void Keep(ref ShortText known, in ShortText said)
    {
        if (!said.Span.IsEmpty)
        {
            known.Set(said.Span);
        }
    }
}
