using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>What a content may hold where it stands.</summary>
internal enum PartUse : byte
{
    /// <summary>Text, images and files.</summary>
    Any,

    /// <summary>Text alone.</summary>
    Text,

    /// <summary>Text alone, each one marked as the system's: it stands in a message of the user's.</summary>
    Reminder,
}

/// <summary>Writes a message's content, a string or parts, as Anthropic's blocks. Blank texts are left out: Anthropic refuses
/// them, and nobody said anything.</summary>
internal sealed class ChatParts(ChatRequestContext context)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;
    private readonly ChatMedia _media = new(context);

    /// <summary>Whether a content has anything to be written.</summary>
    public bool HasBlocks(int content)
    {
        if (_tape.Kind(content) == TapeKind.String)
        {
            return !IsBlank(content);
        }

        for (var part = JsonTape.First(content); part < _tape.End(content); part = _tape.Next(part))
        {
            if (TextOf(part) is var text && (text == JsonTape.None || !IsBlank(text)))
            {
                return true;
            }
        }

        if (context.Has(content) && _tape.Kind(content) != TapeKind.Array)
        {
            context.RefuseMessage(".content: must be a string or an array of parts");
        }

        return false;
    }

    /// <summary>Writes the blocks, into an array that is open.</summary>
    public void Write(int content, PartUse use)
    {
        if (_tape.Kind(content) == TapeKind.String)
        {
            WriteText(JsonTape.None, content, use);
            return;
        }

        context.Part = 0;
        for (var part = JsonTape.First(content); part < _tape.End(content); part = _tape.Next(part))
        {
            WritePart(part, use);
            context.Part++;
        }
    }

    private void WritePart(int part, PartUse use)
    {
        var type = _tape.Find(part, "type"u8);
        if (TextOf(part) is var text && text != JsonTape.None)
        {
            WriteText(part, text, use);
        }
        else if (use == PartUse.Any && _tape.Is(type, "image_url"u8))
        {
            _media.WriteImage(part);
        }
        else if (use == PartUse.Any && _tape.Is(type, "file"u8))
        {
            _media.WriteFile(part);
        }
        else
        {
            context.RefusePart(use == PartUse.Any
                ? ".type: only text, image_url and file are supported"
                : ".type: only text is supported here");
        }
    }

    // A refusal is what the model said, as much as a text is.
    private int TextOf(int part)
    {
        var type = _tape.Find(part, "type"u8);
        var text = _tape.Is(type, "text"u8) ? _tape.Find(part, "text"u8)
            : _tape.Is(type, "refusal"u8) ? _tape.Find(part, "refusal"u8)
            : JsonTape.None;
        return _tape.Kind(text) == TapeKind.String ? text : JsonTape.None;
    }

    // Looks no further than the first thing to see: a text may be long.
    private bool IsBlank(int text)
    {
        var rest = _tape.Raw(text).TrimStart((byte)' ');
        while (rest.StartsWith("\\n"u8) || rest.StartsWith("\\t"u8) || rest.StartsWith("\\r"u8))
        {
            rest = rest[2..].TrimStart((byte)' ');
        }

        return rest.IsEmpty;
    }

    private void WriteText(int part, int text, PartUse use)
    {
        if (IsBlank(text))
        {
            return;
        }

        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("text"u8);
        _output.Name("text"u8);
        _output.BeginText();
        _output.Piece(use == PartUse.Reminder ? "<system-reminder>\\n"u8 : default);
        _output.Piece(_tape.Escaped(text));
        _output.Piece(use == PartUse.Reminder ? "\\n</system-reminder>"u8 : default);
        _output.EndText();
        context.WriteCacheMark(part);
        _output.EndObject();
    }
}
