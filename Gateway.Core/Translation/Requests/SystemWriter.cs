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
        WriteText(system);
        for (var block = JsonTape.First(system); block < _tape.End(system); block = _tape.Next(block))
        {
            WriteText(_tape.Find(block, "text"u8));
        }

        if (_tape.Kind(schema) == TapeKind.Object)
        {
            Separate();
            _output.Piece("Answer with one JSON object that fits this JSON schema, and with nothing else:\\n"u8);
            _output.Escape(_tape.Raw(schema));
        }

        Close();
    }

    private void WriteText(int text)
    {
        if (_tape.HasText(text) && !IsBilling(_tape.Raw(text)))
        {
            Separate();
            _output.Piece(_tape.Escaped(text));
        }
    }

    private void Separate()
    {
        if (_isOpen)
        {
            _output.Piece("\\n\\n"u8);
            return;
        }

        _isOpen = true;
        if (context.IsChat)
        {
            _output.BeginObject();
            _output.Name("role"u8);
            _output.Text("system"u8);
        }

        _output.Name(context.IsChat ? "content"u8 : "instructions"u8);
        _output.BeginText();
    }

    private void Close()
    {
        if (!_isOpen)
        {
            return;
        }

        _output.EndText();
        if (context.IsChat)
        {
            _output.EndObject();
        }
    }
}
