using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Turns text, thoughts and calls as they come into blocks one after another. Reusable.</summary>
internal sealed class AnswerFlow(AnthropicStreamWriter writer)
{
    private readonly ArrayBufferWriter<byte> _blank = new(64);
    private readonly ArrayBufferWriter<byte> _laterText = new(256);
    private readonly ArrayBufferWriter<byte> _laterThoughts = new(256);
    private readonly ArrayBufferWriter<byte> _members = new(256);
    private readonly ThinkTagSplitter _tags = new();
    private readonly ToolSequence _tools = new(writer);
    private AnswerContext _context = new();
    private BlockKind _blankKind;
    private long _written;

    /// <summary>Details of reasoning to be signed.</summary>
    public ReasoningDetails Details { get; } = new();

    /// <summary>The calls.</summary>
    public ToolSequence Tools => _tools;

    /// <summary>Characters the client has got, roughly, arguments of calls among them: for an estimate of tokens.</summary>
    public long Written => _written + _tools.Written;

    /// <summary>Prepares for an answer.</summary>
    public void Begin(AnswerContext context)
    {
        _context = context;
        _blank.ResetWrittenCount();
        _laterText.ResetWrittenCount();
        _laterThoughts.ResetWrittenCount();
        _members.ResetWrittenCount();
        _tags.Reset();
        _tools.Begin(context);
        Details.Reset();
        _written = 0;
    }

    /// <summary>Takes text.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        if (!_context.Profile.ThinkTags)
        {
            Add(BlockKind.Text, text);
            return;
        }

        _tags.Add(text);
        Split(isFinal: false);
    }

    /// <summary>Takes a thought.</summary>
    public void Thought(ReadOnlySpan<byte> text) => Add(BlockKind.Thinking, text);

    /// <summary>What the provider wants back with the thoughts so far: members of a JSON object. Ends their block.</summary>
    /// <remarks>A thought without text is a block as well: the client carries it.</remarks>
    public void Sign(ReadOnlySpan<byte> members)
    {
        if (_tools.Active is { } active)
        {
            // Thoughts wait behind a call that is not complete, and so does what signs them.
            if (!active.IsComplete)
            {
                Keep(members);
                return;
            }

            _tools.Close();
        }

        if (writer.Open != BlockKind.Thinking)
        {
            CloseBlock();
        }

        Keep(members);
        EndSigned();
    }

    /// <summary>Writes what can be written of the calls.</summary>
    public void AdvanceTools(bool isFinal)
    {
        while (true)
        {
            if (_tools.Active is { } active)
            {
                _tools.Pass(isFinal);
                var mayClose = active.IsComplete || isFinal;
                if (!mayClose || (!isFinal && _tools.Next() is null && HasNothingLater))
                {
                    return;
                }

                _tools.Close();
                FlushLater();
                continue;
            }

            if (_tools.Next(isFinal) is not { } next)
            {
                return;
            }

            CloseBlock();
            _tools.Open(next);
        }
    }

    /// <summary>Everything has come: writes what waits and ends the open block.</summary>
    public void Finish()
    {
        if (_context.Profile.ThinkTags)
        {
            Split(isFinal: true);
        }

        AdvanceTools(isFinal: true);
        CloseBlock();
    }

    private void EndSigned()
    {
        if (writer.Open != BlockKind.Thinking)
        {
            writer.OpenBlock(BlockKind.Thinking);
        }

        CloseBlock();
    }

    private void Keep(ReadOnlySpan<byte> members)
    {
        _members.ResetWrittenCount();
        _members.Write(members);
    }

    private bool HasNothingLater => _laterText.WrittenCount == 0 && _laterThoughts.WrittenCount == 0 && _members.WrittenCount == 0;

    private void Split(bool isFinal)
    {
        while (_tags.Next(isFinal, out var run, out var isThought))
        {
            Add(isThought ? BlockKind.Thinking : BlockKind.Text, run);
        }
    }

    private void Add(BlockKind kind, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        if (_tools.Active is { } active)
        {
            if (!active.IsComplete)
            {
                (kind == BlockKind.Text ? _laterText : _laterThoughts).Write(text);
                return;
            }

            if (JsonText.IsBlank(text))
            {
                HoldBlank(kind, text);
                return;
            }

            _tools.Close();
        }

        Emit(kind, text);
    }

    private void Emit(BlockKind kind, ReadOnlySpan<byte> text)
    {
        if (writer.Open != kind)
        {
            if (JsonText.IsBlank(text))
            {
                HoldBlank(kind, text);
                return;
            }

            OpenWithBlank(kind);
        }

        _written += text.Length;
        writer.Delta(text);
    }

    // Written only before something that can be seen: a text of nothing but blanks is refused when it comes back.
    private void HoldBlank(BlockKind kind, ReadOnlySpan<byte> text)
    {
        if (_blankKind != kind)
        {
            _blank.ResetWrittenCount();
            _blankKind = kind;
        }

        _blank.Write(text);
    }

    private void OpenWithBlank(BlockKind kind)
    {
        // Closing forgets what is held back.
        if (writer.Open != BlockKind.None)
        {
            EndThinking();
        }

        writer.OpenBlock(kind);
        writer.Delta(_blankKind == kind ? _blank.WrittenSpan : default);
        _blank.ResetWrittenCount();
    }

    private void FlushLater()
    {
        if (_laterThoughts.WrittenCount > 0)
        {
            Emit(BlockKind.Thinking, _laterThoughts.WrittenSpan);
            _laterThoughts.ResetWrittenCount();
        }

        if (_members.WrittenCount > 0)
        {
            EndSigned();
        }

        if (_laterText.WrittenCount > 0)
        {
            Emit(BlockKind.Text, _laterText.WrittenSpan);
            _laterText.ResetWrittenCount();
        }
    }

    private void CloseBlock()
    {
        EndThinking();
        _blank.ResetWrittenCount();
        writer.Close();
    }

    private void EndThinking()
    {
        if (writer.Open == BlockKind.Thinking)
        {
            if (_members.WrittenCount > 0 || !Details.IsEmpty)
            {
                writer.Signature(_members.WrittenCount > 0 ? _members.WrittenSpan : Details.Finish());
            }
            else if (_context.Profile.ReasoningReplay is ReasoningReplay.ReasoningContent or ReasoningReplay.Reasoning)
            {
                writer.Signature(default);
            }
        }

        Details.Reset();
        _members.ResetWrittenCount();
    }
}
