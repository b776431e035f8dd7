using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Puts the pieces of a provider's answer into the order of a message: thinking, text and tools, one block at a time.</summary>
internal sealed class AnswerBuilder
{
    private readonly ToolCalls _tools = new();
    private readonly ReasoningDetails _details = new();
    private readonly ThinkTags _tags = new();
    private readonly ArrayBufferWriter<byte> _blank = new(16);
    private readonly ArrayBufferWriter<byte> _late = new(64);
    private readonly ArrayBufferWriter<byte> _half = new(16);
    private readonly ArrayBufferWriter<byte> _refusal = new(64);
    private readonly ArrayBufferWriter<byte> _members = new(256);
    private readonly ArrayBufferWriter<byte> _packed = new(256);
    private AnswerContext _context = null!;
    private IAnswerWriter _writer = null!;
    private UsageReader _usage;

    /// <summary>Why the model stopped, as the provider says.</summary>
    public StopNotice Stop { get; } = new();

    /// <summary>Bytes of text, reasoning and arguments so far.</summary>
    public long BytesOut { get; private set; }

    /// <summary>The tokens as far as they are known.</summary>
    public AnswerUsage Usage => _usage.Result(_context.EstimatedInputTokens, BytesOut);

    /// <summary>Calls so far.</summary>
    public int CallCount => _tools.Count;

    /// <summary>Something was said, if only a refusal.</summary>
    public bool HasAnything => _writer.HasContent || _refusal.WrittenCount > 0 || _tools.Count > 0;

    /// <summary>Forgets the last answer.</summary>
    public void Begin(AnswerContext context, IAnswerWriter writer)
    {
        _context = context;
        _writer = writer;
        _tools.Begin(context, writer);
        _details.Clear();
        _tags.Begin();
        _usage = default;
        BytesOut = 0;
        Stop.Begin();
        _blank.ResetWrittenCount();
        _late.ResetWrittenCount();
        _half.ResetWrittenCount();
        _refusal.ResetWrittenCount();
        _members.ResetWrittenCount();
    }

    /// <summary>The provider has begun.</summary>
    public void Start() => _writer.Start(_context);

    /// <summary>Reasoning, as JSON text.</summary>
    public void AddReasoning(ReadOnlySpan<byte> text)
    {
        // After a call that is not whole there is no place for it.
        if (text.IsEmpty || !_tools.TryPause())
        {
            return;
        }

        if (_writer.Open != BlockKind.Thinking)
        {
            _blank.ResetWrittenCount();
            _writer.Begin(BlockKind.Thinking);
        }

        Write(text);
    }

    /// <summary>An item of reasoning_details.</summary>
    public void AddDetail(ReadOnlySpan<byte> item)
    {
        if (_writer.Open == BlockKind.Thinking || !_writer.HasContent)
        {
            _details.Add(item);
        }
    }

    /// <summary>Members to pack into the signature of the thinking block; one is begun if none is open and none would follow a call.</summary>
    public void AddSignature(ReadOnlySpan<byte> members)
    {
        if (!_tools.TryPause() || (_writer.Open != BlockKind.Thinking && _tools.Count > 0))
        {
            return;
        }

        _writer.Begin(BlockKind.Thinking);
        _members.ResetWrittenCount();
        _members.Write(members);
        CloseThinking();
    }

    /// <summary>Text, as JSON text.</summary>
    public void AddText(ReadOnlySpan<byte> text)
    {
        if (_context.Profile.ThinkTags)
        {
            _tags.Add(text, this);
        }
        else
        {
            AddPlain(text);
        }
    }

    /// <summary>Text without any tags.</summary>
    public void AddPlain(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        if (!_tools.TryPause())
        {
            _late.Write(text);
            return;
        }

        if (_writer.Open != BlockKind.Text)
        {
            // A block of blanks is refused when it comes back.
            _blank.Write(text);
            if (RawText.IsBlank(_blank.WrittenSpan))
            {
                return;
            }

            CloseThinking();
            _writer.Begin(BlockKind.Text);
            Write(_blank.WrittenSpan);
            _blank.ResetWrittenCount();
            return;
        }

        Write(text);
    }

    /// <summary>Words of refusal, as JSON text.</summary>
    public void AddRefusal(ReadOnlySpan<byte> text) => _refusal.Write(text);

    /// <summary>A piece of a tool call.</summary>
    public void AddCall(int index, int position, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments)
    {
        if (!name.IsEmpty || _tools.Count > 0)
        {
            CloseThinking();
            _blank.ResetWrittenCount();
        }

        BytesOut += arguments.Length;
        _tools.Add(index, position, id, name, arguments);
        SayLate();
    }

    /// <summary>A usage object.</summary>
    public void AddUsage(ReadOnlySpan<byte> usage) => _usage.Read(usage);

    /// <summary>Ends the message.</summary>
    public void End()
    {
        _writer.Start(_context);
        if (_context.Profile.ThinkTags)
        {
            _tags.End(this);
        }

        CloseThinking();
        _tools.End();
        SayLate();
        _writer.End(Stop.Reason(_writer.HasTool, _refusal.WrittenCount > 0), Stop.Sequence, _refusal.WrittenSpan, Usage);
    }

    private void SayLate()
    {
        if (_late.WrittenCount > 0 && _tools.TryPause())
        {
            var late = _late.WrittenSpan.ToArray();
            _late.ResetWrittenCount();
            AddPlain(late);
        }
    }

    // The first half of an escaped surrogate pair waits for the other: alone it is no text.
    private void Write(ReadOnlySpan<byte> text)
    {
        BytesOut += text.Length;
        if (_half.WrittenCount > 0)
        {
            _half.Write(text);
            text = _half.WrittenSpan.ToArray();
            _half.ResetWrittenCount();
        }

        var whole = RawText.HalfPair(text);
        _writer.Add(text[..whole]);
        _half.Write(text[whole..]);
    }

    // What the provider wants back is remembered where the client will bring it back: in the signature.
    private void CloseThinking()
    {
        if (_writer.Open != BlockKind.Thinking)
        {
            return;
        }

        if (_context.Profile.ReasoningReplay != ReasoningReplay.Never)
        {
            if (_details.Any)
            {
                _members.ResetWrittenCount();
                _details.WriteMembers(_members);
            }

            _packed.ResetWrittenCount();
            ReasoningSignature.Pack(_context.ProviderName.Span, _members.WrittenSpan, _packed);
            _writer.Sign(_packed.WrittenSpan);
        }

        _members.ResetWrittenCount();
        _details.Clear();
        _writer.Close();
    }
}
