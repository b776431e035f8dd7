namespace Gateway.Core.Translation.Requests;

/// <summary>Whose message is written.</summary>
internal enum MessageKind : byte
{
    /// <summary>The user's.</summary>
    User,

    /// <summary>The system's; <c>developer</c> in Responses.</summary>
    System,

    /// <summary>The model's own.</summary>
    Assistant,

    /// <summary>A tool's result.</summary>
    Tool,
}

/// <summary>Writes one message and its content, either as one string or as parts. The message begins with its first
/// content, so a message that has none is never written.</summary>
internal sealed class ContentWriter(TranslationContext context)
{
    private readonly JsonOutput _output = context.Output;
    private MessageKind _kind;
    private int _callId;

    /// <summary>A message has been written since this was last set.</summary>
    public bool HasMessage { get; set; }

    /// <summary>A text has been written.</summary>
    public bool HasText { get; private set; }

    /// <summary>Content goes into parts; media can't go anywhere else.</summary>
    public bool HasParts { get; private set; }

    /// <summary>Something has been written.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Readies the next message. A tool's needs the node of the call's id.</summary>
    public void Begin(MessageKind kind, bool hasParts, int callId = JsonTape.None)
    {
        _kind = kind;
        _callId = callId;
        HasText = false;
        HasParts = hasParts;
        HasStarted = false;
    }

    /// <summary>Opens a text. In a string it stands behind a separator (escaped) if it isn't the first.</summary>
    public void BeginText(ReadOnlySpan<byte> separator)
    {
        Start();
        if (HasParts)
        {
            _output.BeginObject();
            _output.Name("type"u8);
            _output.Text(context.IsChat ? "text"u8 : _kind == MessageKind.Assistant ? "output_text"u8 : "input_text"u8);
            _output.Name("text"u8);
            _output.BeginText();
        }
        else if (HasText)
        {
            _output.Piece(separator);
        }

        HasText = true;
    }

    /// <summary>Closes it, with the node of its mark for the cache, if it has one.</summary>
    public void EndText(int cacheControl = JsonTape.None)
    {
        if (HasParts)
        {
            _output.EndText();
            context.WriteCacheMark(cacheControl);
            _output.EndObject();
        }
    }

    /// <summary>Words before the first text, escaped already.</summary>
    public void Lead(ReadOnlySpan<byte> escaped)
    {
        BeginText(default);
        _output.Piece(escaped);
        EndText();
        HasText = false;
    }

    /// <summary>A whole text on a line of its own, escaped already.</summary>
    public void Text(ReadOnlySpan<byte> escaped, int cacheControl = JsonTape.None)
    {
        BeginText("\\n"u8);
        _output.Piece(escaped);
        EndText(cacheControl);
    }

    /// <summary>Begins the message even if it stays without content.</summary>
    public void Start()
    {
        if (HasStarted)
        {
            return;
        }

        HasStarted = true;
        WriteHead();
        if (HasParts)
        {
            _output.BeginArray();
        }
        else
        {
            _output.BeginText();
        }
    }

    /// <summary>Begins the message and says that it has no content.</summary>
    public void StartWithoutContent()
    {
        WriteHead();
        _output.Raw("null"u8);
    }

    /// <summary>Ends the content and leaves the message open; only for one that has started.</summary>
    public void EndContent()
    {
        if (HasParts)
        {
            _output.EndArray();
        }
        else
        {
            _output.EndText();
        }
    }

    /// <summary>Ends the message, if it has started.</summary>
    public void End()
    {
        if (HasStarted)
        {
            EndContent();
            _output.EndObject();
        }
    }

    private void WriteHead()
    {
        HasMessage = true;
        _output.BeginObject();
        if (!context.IsChat)
        {
            _output.Name("type"u8);
            _output.Text(_kind == MessageKind.Tool ? "function_call_output"u8 : "message"u8);
        }

        if (_kind == MessageKind.Tool)
        {
            WriteToolHead();
            return;
        }

        _output.Name("role"u8);
        _output.Text(_kind switch
        {
            MessageKind.User => "user"u8,
            MessageKind.Assistant => "assistant"u8,
            _ => context.IsChat ? "system"u8 : "developer"u8,
        });
        _output.Name("content"u8);
    }

    private void WriteToolHead()
    {
        if (context.IsChat)
        {
            _output.Name("role"u8);
            _output.Text("tool"u8);
        }

        _output.Name(context.IsChat ? "tool_call_id"u8 : "call_id"u8);
        context.WriteCallId(_callId);
        _output.Name(context.IsChat ? "content"u8 : "output"u8);
    }
}
