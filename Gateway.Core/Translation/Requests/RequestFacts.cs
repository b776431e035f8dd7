namespace Gateway.Core.Translation.Requests;

/// <summary>What must be known of a request before its first byte is written: whether it can be translated at all, and the
/// few facts that lie behind the messages they matter for.</summary>
internal sealed class RequestFacts
{
    private JsonTape _tape = new();

    /// <summary>Why it can't be translated; null if it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>The client asked for a stream.</summary>
    public bool Streams { get; private set; }

    /// <summary>Nothing may be generated: <c>max_tokens: 0</c>, which warms a cache at Anthropic.</summary>
    public bool WantsNothing { get; private set; }

    /// <summary>The messages.</summary>
    public int Messages { get; private set; }

    /// <summary>The last message of the user's, or none.</summary>
    public int LastUserMessage { get; private set; }

    /// <summary>The effort that the last message with one asks for, or none.</summary>
    public int MessageEffort { get; private set; }

    /// <summary>Reads them.</summary>
    public void Read(JsonTape tape)
    {
        _tape = tape;
        Fault = null;
        Streams = tape.Kind(tape.Find(JsonTape.Root, "stream"u8)) == TapeKind.True;
        WantsNothing = tape.Raw(tape.Find(JsonTape.Root, "max_tokens"u8)).SequenceEqual("0"u8);
        Messages = tape.Find(JsonTape.Root, "messages"u8);
        LastUserMessage = JsonTape.None;
        MessageEffort = JsonTape.None;
        ReadMessages();
        if (Fault is null)
        {
            ReadTools(tape.Find(JsonTape.Root, "tools"u8));
        }
    }

    /// <summary>Whether a message of the system's was for one turn that is over.</summary>
    public bool IsExpired(int message) =>
        message < LastUserMessage && _tape.Is(_tape.Find(message, "clear_at"u8), "next_user_message"u8);

    private void ReadMessages()
    {
        var position = 0;
        for (var message = JsonTape.First(Messages); message < _tape.End(Messages) && Fault is null; message = _tape.Next(message))
        {
            ReadMessage(message, position++);
        }

        if (position == 0)
        {
            Fault = "messages: at least one message is required";
        }
    }

    private void ReadMessage(int message, int position)
    {
        var role = _tape.Find(message, "role"u8);
        if (_tape.Is(role, "user"u8))
        {
            LastUserMessage = message;
        }
        else if (_tape.Is(role, "system"u8))
        {
            var effort = _tape.Find(_tape.Find(message, "output_config"u8), "effort"u8);
            MessageEffort = effort == JsonTape.None ? MessageEffort : effort;
        }
        else if (!_tape.Is(role, "assistant"u8))
        {
            Fault = $"messages.{position}.role: must be user, assistant or system";
            return;
        }

        ReadContent(_tape.Find(message, "content"u8), position);
    }

    private void ReadContent(int content, int position)
    {
        if (_tape.Kind(content) is not (TapeKind.String or TapeKind.Array))
        {
            Fault = $"messages.{position}.content: must be a string or a list of content blocks";
            return;
        }

        var index = 0;
        for (var block = JsonTape.First(content); block < _tape.End(content) && Fault is null; block = _tape.Next(block))
        {
            Fault = FaultOf(block) is { } fault ? $"messages.{position}.content.{index}{fault}" : null;
            index++;
        }
    }

    private string? FaultOf(int block)
    {
        var type = _tape.Find(block, "type"u8);
        if (!_tape.HasText(type))
        {
            return ".type: Field required";
        }

        if (_tape.Is(type, "tool_use"u8))
        {
            return !_tape.HasText(_tape.Find(block, "name"u8)) ? ".name: Field required"
                : !_tape.HasText(_tape.Find(block, "id"u8)) ? ".id: Field required"
                : null;
        }

        if (_tape.Is(type, "image"u8) || _tape.Is(type, "document"u8))
        {
            return IsFile(block)
                ? ".source: this provider can't read files of the Files API; send base64 data or a URL"
                : null;
        }

        return !_tape.Is(type, "tool_result"u8) ? null
            : !_tape.HasText(_tape.Find(block, "tool_use_id"u8)) ? ".tool_use_id: Field required"
            : FaultOfResult(_tape.Find(block, "content"u8));
    }

    // A tool of one's own goes by its name alone. What Anthropic's servers run is left out, and may look as it likes.
    private void ReadTools(int tools)
    {
        var position = 0;
        for (var tool = JsonTape.First(tools); tool < _tape.End(tools) && Fault is null; tool = _tape.Next(tool))
        {
            var isOwn = _tape.Kind(_tape.Find(tool, "input_schema"u8)) == TapeKind.Object;
            Fault = isOwn && !_tape.HasText(_tape.Find(tool, "name"u8)) ? $"tools.{position}.name: Field required" : null;
            position++;
        }
    }

    private string? FaultOfResult(int content)
    {
        string? fault = null;
        for (var block = JsonTape.First(content); block < _tape.End(content) && fault is null; block = _tape.Next(block))
        {
            fault = IsFile(block) ? ".content.source: this provider can't read files of the Files API" : null;
        }

        return fault;
    }

    private bool IsFile(int block) => _tape.Is(_tape.Find(_tape.Find(block, "source"u8), "type"u8), "file"u8);
}
