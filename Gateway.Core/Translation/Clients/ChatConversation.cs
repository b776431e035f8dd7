using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Writes the conversation: what the system says first is Anthropic's <c>system</c>, the rest alternates between user
/// and assistant, and the results of calls stand first in the user's turn.</summary>
internal sealed class ChatConversation
{
    private readonly ChatRequestContext _context;
    private readonly JsonTape _tape;
    private readonly JsonOutput _output;
    private readonly ChatParts _parts;
    private readonly ChatCalls _calls;
    private Speaker _speaker;

    /// <summary>A writer for one reader.</summary>
    public ChatConversation(ChatRequestContext context)
    {
        _context = context;
        _tape = context.Tape;
        _output = context.Output;
        _parts = new ChatParts(context);
        _calls = new ChatCalls(context, _parts);
    }

    private enum Speaker : byte
    {
        Nobody,
        User,
        Assistant,
    }

    /// <summary>Writes <c>system</c> and <c>messages</c>.</summary>
    /// <param name="wantsJson">The answer must be JSON of any shape: Anthropic has no switch for that, so the prompt says it.</param>
    public void Write(bool wantsJson)
    {
        var messages = _tape.Find(JsonTape.Root, "messages"u8);
        var end = _tape.End(messages);
        if (_tape.Kind(messages) != TapeKind.Array)
        {
            _context.Refuse("messages: an array is required");
            return;
        }

        _calls.Begin();
        _speaker = Speaker.Nobody;
        var message = WriteSystem(JsonTape.First(messages), end, wantsJson);
        _output.Name("messages"u8);
        _output.BeginArray();
        while (message < end)
        {
            message = IsFrom(message, "assistant"u8) ? WriteAssistant(message) : WriteTurn(message, end);
        }

        EndMessage();
        _output.EndArray();
        if (_speaker == Speaker.Nobody)
        {
            _context.Refuse("messages: at least one message with content is required besides the system's");
        }
    }

    private int WriteSystem(int message, int end, bool wantsJson)
    {
        if (!wantsJson && !(message < end && IsSystem(message)))
        {
            return message;
        }

        _output.Name("system"u8);
        _output.BeginArray();
        for (; message < end && IsSystem(message); message = Next(message))
        {
            var content = Content(message);
            if (_parts.HasBlocks(content))
            {
                _parts.Write(content, PartUse.Text);
            }
        }

        if (wantsJson)
        {
            _output.Raw("""{"type":"text","text":"Answer with one JSON object and with nothing else."}"""u8);
        }

        _output.EndArray();
        return message;
    }

    // All that stands between two messages of the model's. It is walked twice: results go first.
    private int WriteTurn(int from, int end)
    {
        var first = _context.Message;
        var to = from;
        for (; to < end && !IsFrom(to, "assistant"u8); to = Next(to))
        {
            if (_calls.IsResult(to))
            {
                Begin(Speaker.User);
                _calls.WriteResult(to);
            }
        }

        _context.Message = first;
        for (var message = from; message < to; message = Next(message))
        {
            if (!_calls.IsResult(message))
            {
                WriteUser(message);
            }
        }

        return to;
    }

    private void WriteUser(int message)
    {
        var isSystem = IsSystem(message);
        if (!isSystem && !IsFrom(message, "user"u8))
        {
            _context.RefuseMessage(".role: must be system, developer, user, assistant or tool");
        }
        else if (_parts.HasBlocks(Content(message)))
        {
            NoteLost(message, "name"u8);
            Begin(Speaker.User);
            _parts.Write(Content(message), isSystem ? PartUse.Reminder : PartUse.Any);
        }
    }

    private int WriteAssistant(int message)
    {
        var refusal = _tape.Find(message, "refusal"u8);
        NoteLost(message, "reasoning_content"u8);
        NoteLost(message, "audio"u8);
        WriteSaid(Content(message));
        WriteSaid(_tape.Kind(refusal) == TapeKind.String ? refusal : JsonTape.None);
        if (_calls.HasCalls(message))
        {
            Begin(Speaker.Assistant);
            _calls.WriteCalls(message);
        }

        return Next(message);
    }

    // Thoughts without their maker's signature are no thoughts to Anthropic.
    private void NoteLost(int message, ReadOnlySpan<byte> member)
    {
        if (_context.Has(_tape.Find(message, member)))
        {
            _context.Dropped.Add(member);
        }
    }

    private void WriteSaid(int content)
    {
        if (_parts.HasBlocks(content))
        {
            Begin(Speaker.Assistant);
            _parts.Write(content, PartUse.Text);
        }
    }

    // The next block is this speaker's. Messages of one speaker in a row are one, and a message with nothing in it is none.
    private void Begin(Speaker speaker)
    {
        if (_speaker == speaker)
        {
            return;
        }

        EndMessage();
        _speaker = speaker;
        _output.BeginObject();
        _output.Name("role"u8);
        _output.Text(speaker == Speaker.User ? "user"u8 : "assistant"u8);
        _output.Name("content"u8);
        _output.BeginArray();
    }

    private void EndMessage()
    {
        if (_speaker != Speaker.Nobody)
        {
            _output.EndArray();
            _output.EndObject();
        }
    }

    private int Next(int message)
    {
        _context.Message++;
        return _tape.Next(message);
    }

    private int Content(int message) => _tape.Find(message, "content"u8);

    private bool IsSystem(int message) => IsFrom(message, "system"u8) || IsFrom(message, "developer"u8);

    private bool IsFrom(int message, ReadOnlySpan<byte> role) => _tape.Is(_tape.Find(message, "role"u8), role);
}
