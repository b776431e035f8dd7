namespace Gateway.Core.Translation.Requests;

/// <summary>Writes a message of the model's own: text, tool calls and reasoning.</summary>
internal sealed class AssistantWriter(
    TranslationContext context, ContentWriter content, BlockWriter blocks, ReadableText readable, ReplayWriter replay)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;
    private readonly List<int> _calls = [];
    private readonly List<int> _reasoning = [];

    // ai.google.dev/gemini-api/docs/thought-signatures: for calls whose signature nobody has. It is longer than an id of a call may
    // be, and a thought to carry it in need not be there.
    private static ReadOnlySpan<byte> UnsignedCall => """{"google":{"thought_signature":"skip_thought_signature_validator"}}"""u8;

    /// <summary>Nodes of the ids of the calls in the message written last, in order.</summary>
    public IReadOnlyList<int> CallIds => _calls;

    /// <summary>Writes a message; nothing if nothing is left of it.</summary>
    public void Write(int message)
    {
        _calls.Clear();
        _reasoning.Clear();
        blocks.Media = MediaUse.Placeholder;
        var node = _tape.Find(message, "content"u8);
        if (context.IsChat)
        {
            WriteMessage(node);
        }
        else
        {
            WriteItems(node);
        }
    }

    private void WriteMessage(int node)
    {
        content.Begin(MessageKind.Assistant, hasParts: context.KeepsCacheControl);
        WriteText(node);
        if (!content.HasStarted && !HasCall(node))
        {
            return;
        }

        if (content.HasStarted)
        {
            content.EndContent();
        }
        else
        {
            content.StartWithoutContent();
        }

        replay.WriteChat(node);
        WriteCalls(node);
        _output.EndObject();
    }

    // Texts that only thinking parted were one text when the provider wrote them, and are one again.
    private void WriteText(int node)
    {
        blocks.WriteContent(_tape.Kind(node) == TapeKind.String ? node : JsonTape.None);
        ReadOnlySpan<byte> separator = default;
        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            var type = _tape.Find(block, "type"u8);
            if (_tape.Is(type, "text"u8))
            {
                WritePiece(block, separator);
                separator = default;
            }
            else if (_tape.Is(type, "tool_use"u8))
            {
                separator = "\\n"u8;
            }
            else if (!IsThinking(type))
            {
                WriteOther(block, type);
                separator = "\\n"u8;
            }
        }
    }

    private void WritePiece(int block, ReadOnlySpan<byte> separator)
    {
        var text = _tape.Find(block, "text"u8);
        if (_tape.HasText(text))
        {
            content.BeginText(separator);
            _output.Piece(_tape.Escaped(text));
            content.EndText(_tape.Find(block, "cache_control"u8));
        }
    }

    private void WriteOther(int block, int type)
    {
        if (_tape.Is(type, "server_tool_use"u8))
        {
            readable.WriteServerCall(block, content);
        }
        else if (_tape.Raw(type).EndsWith("_tool_result"u8) && !_tape.Raw(type).StartsWith("mcp_"u8))
        {
            readable.WriteServerResult(block, content);
        }
        else if (_tape.Is(type, "compaction"u8))
        {
            blocks.WriteContent(_tape.Find(block, "content"u8));
        }
        else
        {
            blocks.Write(block);
        }
    }

    private bool IsThinking(int type) => _tape.Is(type, "thinking"u8) || _tape.Is(type, "redacted_thinking"u8);

    private bool IsCall(int block) => _tape.Is(_tape.Find(block, "type"u8), "tool_use"u8);

    private bool HasCall(int node)
    {
        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            if (IsCall(block))
            {
                return true;
            }
        }

        return false;
    }

    private void WriteCalls(int node)
    {
        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            if (!IsCall(block))
            {
                continue;
            }

            if (_calls.Count == 0)
            {
                _output.Name("tool_calls"u8);
                _output.BeginArray();
            }

            WriteCall(block);
        }

        if (_calls.Count > 0)
        {
            _output.EndArray();
        }
    }

    private void WriteCall(int block)
    {
        var id = _tape.Find(block, "id"u8);
        _calls.Add(id);
        _output.BeginObject();
        _output.Name("id"u8);
        context.WriteCallId(id);
        _output.Name("type"u8);
        _output.Text("function"u8);
        _output.Name("function"u8);
        _output.BeginObject();
        WriteNameAndArguments(block);
        _output.EndObject();
        if (context.Profile.SignedCalls && _calls.Count == 1)
        {
            _output.Name("extra_content"u8);
            _output.Raw(UnsignedCall);
        }

        _output.EndObject();
    }

    private void WriteNameAndArguments(int block)
    {
        _output.Name("name"u8);
        context.WriteToolName(_tape.Find(block, "name"u8));
        _output.Name("arguments"u8);
        var input = _tape.Find(block, "input"u8);
        _output.BeginText();
        _output.Escape(_tape.Kind(input) == TapeKind.Object ? _tape.Raw(input) : "{}"u8);
        _output.EndText();
    }

    // Responses keeps the order of the blocks. Reasoning is refused without the item it led to, so it waits for that.
    private void WriteItems(int node)
    {
        content.Begin(MessageKind.Assistant, hasParts: true);
        blocks.WriteContent(_tape.Kind(node) == TapeKind.String ? node : JsonTape.None);
        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            var type = _tape.Find(block, "type"u8);
            if (_tape.Is(type, "thinking"u8))
            {
                EndItem();
                _reasoning.Add(block);
            }
            else if (IsCall(block))
            {
                EndItem();
                WriteReasoning();
                WriteCallItem(block);
            }
            else if (!IsThinking(type))
            {
                WriteTextOfItem(block, type);
            }
        }

        EndItem();
    }

    private void WriteTextOfItem(int block, int type)
    {
        var isText = _tape.Is(type, "text"u8);
        if (isText && !_tape.HasText(_tape.Find(block, "text"u8)))
        {
            return;
        }

        if (!content.HasStarted)
        {
            WriteReasoning();
        }

        if (isText)
        {
            WritePiece(block, default);
        }
        else
        {
            WriteOther(block, type);
        }
    }

    private void EndItem()
    {
        content.End();
        content.Begin(MessageKind.Assistant, hasParts: true);
    }

    private void WriteReasoning()
    {
        foreach (var block in _reasoning)
        {
            replay.WriteItem(block);
        }

        _reasoning.Clear();
    }

    private void WriteCallItem(int block)
    {
        var id = _tape.Find(block, "id"u8);
        _calls.Add(id);
        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("function_call"u8);
        _output.Name("call_id"u8);
        context.WriteCallId(id);
        WriteNameAndArguments(block);
        _output.EndObject();
    }
}
