namespace Gateway.Core.Translation.Requests;

/// <summary>Writes the system prompt: the leading system message of Chat Completions, the instructions of Responses.</summary>
internal sealed class SystemWriter(TranslationContext context)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;
    private bool _isOpen;

    /// <summary>Whether a text is the attribution that Claude Code sends for Anthropic alone. It changed with every request
    /// in older clients and would spoil every other provider's prompt cache.</summary>
    public static bool IsBilling(ReadOnlySpan<byte> text) => text.StartsWith("x-anthropic-billing-header:"u8);

    /// <summary>Writes it, with the schema an answer must fit where the provider knows no other way; nothing if there is
    /// nothing to say. Chat Completions needs the array of messages open, Responses the request.</summary>
    public void Write(int schema)
    {
        _isOpen = false;
        var system = _tape.Find(JsonTape.Root, "system"u8);
        WriteText(system, JsonTape.None);
        for (var block = JsonTape.First(system); block < _tape.End(system); block = _tape.Next(block))
        {
            WriteText(_tape.Find(block, "text"u8), _tape.Find(block, "cache_control"u8));
        }

        if (_tape.Kind(schema) == TapeKind.Object)
        {
            BeginText();
            _output.Piece("Answer with one JSON object that fits this JSON schema, and with nothing else:\\n"u8);
            _output.Escape(_tape.Raw(schema));
            EndText(JsonTape.None);
        }

        Close();
    }

    // Instructions are one string.
    private bool HasParts => context.IsChat && context.MarksTexts;

    private void WriteText(int text, int cacheControl)
    {
        if (_tape.HasText(text) && !IsBilling(_tape.Raw(text)))
        {
            BeginText();
            _output.Piece(_tape.Escaped(text));
            EndText(cacheControl);
        }
    }

    private void BeginText()
    {
        var isFirst = !_isOpen;
        if (isFirst)
        {
            Open();
        }

        if (HasParts)
        {
            _output.BeginObject();
            _output.Name("type"u8);
            _output.Text("text"u8);
            _output.Name("text"u8);
            _output.BeginText();
        }
        else if (!isFirst)
        {
            _output.Piece("\\n\\n"u8);
        }
    }

    private void EndText(int cacheControl)
    {
        if (HasParts)
        {
            _output.EndText();
            context.WriteCacheMark(cacheControl);
            _output.EndObject();
        }
    }

    private void Open()
    {
        _isOpen = true;
        if (context.IsChat)
        {
            _output.BeginObject();
            _output.Name("role"u8);
            _output.Text("system"u8);
        }

        _output.Name(context.IsChat ? "content"u8 : "instructions"u8);
        if (HasParts)
        {
            _output.BeginArray();
        }
        else
        {
            _output.BeginText();
        }
    }

    private void Close()
    {
        if (!_isOpen)
        {
            return;
        }

        if (HasParts)
        {
            _output.EndArray();
        }
        else
        {
            _output.EndText();
        }

        if (context.IsChat)
        {
            _output.EndObject();
        }
    }
}
