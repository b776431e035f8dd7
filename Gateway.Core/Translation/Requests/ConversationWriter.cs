namespace Gateway.Core.Translation.Requests;

/// <summary>Writes the messages in the order OpenAI's dialect demands: the results of all calls directly behind the message
/// with the calls, whatever the client put between.</summary>
internal sealed class ConversationWriter
{
    private readonly TranslationContext _context;
    private readonly RequestFacts _facts;
    private readonly JsonTape _tape;
    private readonly ContentWriter _content;
    private readonly MediaWriter _media;
    private readonly BlockWriter _blocks;
    private readonly AssistantWriter _assistant;
    private readonly ToolResults _results;
    private readonly ToolResultWriter _resultWriter;

    /// <summary>A writer for one translator.</summary>
    public ConversationWriter(TranslationContext context, RequestFacts facts)
    {
        var readable = new ReadableText(context);
        _context = context;
        _facts = facts;
        _tape = context.Tape;
        _content = new ContentWriter(context);
        _media = new MediaWriter(context);
        _blocks = new BlockWriter(context, _content, _media, readable);
        _assistant = new AssistantWriter(context, _content, _blocks, readable, new ReplayWriter(context));
        _results = new ToolResults(_tape);
        _resultWriter = new ToolResultWriter(context, _content, _blocks, _media);
    }

    /// <summary>Writes all messages, into an array that is open; false if none of them says anything.</summary>
    public bool Write()
    {
        _content.HasMessage = false;
        var end = _tape.End(_facts.Messages);
        var message = JsonTape.First(_facts.Messages);
        while (message < end)
        {
            var calls = message;
            message = Skip(message, end, isAssistant: true);
            var results = message;
            message = Skip(message, end, isAssistant: false);
            _results.Gather(results, message);
            WriteCalls(calls, results);
            WriteRest(results, message);
        }

        return _content.HasMessage;
    }

    private int Skip(int message, int end, bool isAssistant)
    {
        while (message < end && _tape.Is(_tape.Find(message, "role"u8), "assistant"u8) == isAssistant)
        {
            message = _tape.Next(message);
        }

        return message;
    }

    // Messages of the model's in a row are one turn to Anthropic: the results of all their calls come behind the last one.
    private void WriteCalls(int from, int to)
    {
        for (var message = from; message < to; message = _tape.Next(message))
        {
            _assistant.Write(message);
            foreach (var call in _assistant.CallIds)
            {
                _resultWriter.Write(call, _results.Take(call));
            }
        }
    }

    // All else that stands between two messages of the model's.
    private void WriteRest(int from, int to)
    {
        for (var message = from; message < to; message = _tape.Next(message))
        {
            if (_tape.Is(_tape.Find(message, "role"u8), "system"u8))
            {
                WriteSystem(message);
            }
            else
            {
                WriteUser(_tape.Find(message, "content"u8));
            }
        }
    }

    private void WriteSystem(int message)
    {
        if (_facts.IsExpired(message))
        {
            return;
        }

        var isSystem = _context.Profile.MidSystem;
        _content.Begin(isSystem ? MessageKind.System : MessageKind.User, hasParts: isSystem && _context.MarksTexts);
        var node = _tape.Find(message, "content"u8);
        WriteSystemText(node, JsonTape.None, isSystem);
        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            WriteSystemText(_tape.Find(block, "text"u8), _tape.Find(block, "cache_control"u8), isSystem);
        }

        if (_content.HasStarted && !isSystem)
        {
            _context.Output.Piece("\\n</system-reminder>"u8);
        }

        _content.End();
    }

    private void WriteSystemText(int text, int cacheControl, bool isSystem)
    {
        if (!_tape.HasText(text) || SystemWriter.IsBilling(_tape.Raw(text)))
        {
            return;
        }

        if (!isSystem && !_content.HasStarted)
        {
            _content.Lead("<system-reminder>\\n"u8);
        }

        _content.BeginText("\\n\\n"u8);
        _context.Output.Piece(_tape.Escaped(text));
        _content.EndText(cacheControl);
    }

    private void WriteUser(int node)
    {
        _content.Begin(MessageKind.User, hasParts: !_context.IsChat || _context.MarksTexts || HasMedia(node));
        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            if (_results.IsTaken(block))
            {
                WriteFollowup(block);
            }
        }

        _blocks.Media = MediaUse.Write;
        _blocks.WriteContent(_tape.Kind(node) == TapeKind.String ? node : JsonTape.None);
        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            if (!_results.IsTaken(block))
            {
                _blocks.Write(block);
            }
        }

        _content.End();
    }

    private void WriteFollowup(int result)
    {
        if (_resultWriter.HasFollowup(result))
        {
            _blocks.Media = MediaUse.Only;
            _blocks.WriteContent(_tape.Find(result, "content"u8));
        }
    }

    private bool HasMedia(int node)
    {
        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            var hasMedia = _results.IsTaken(block)
                ? _resultWriter.HasFollowup(block)
                : _media.CanWrite(block) || _media.CanWriteAny(_tape.Find(block, "content"u8));
            if (hasMedia)
            {
                return true;
            }
        }

        return false;
    }
}
