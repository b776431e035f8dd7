namespace Gateway.Core.Translation.Requests;

/// <summary>What becomes of images and PDF files in the content that is written.</summary>
internal enum MediaUse : byte
{
    /// <summary>They are written where they stand.</summary>
    Write,

    /// <summary>They are left out, as they follow in another message; those that can't be sent leave a word.</summary>
    Later,

    /// <summary>A word stands in their place.</summary>
    Placeholder,

    /// <summary>They alone are written.</summary>
    Only,
}

/// <summary>Writes blocks of a user's or a tool's content, one by one.</summary>
internal sealed class BlockWriter(TranslationContext context, ContentWriter content, MediaWriter media, ReadableText readable)
{
    private readonly JsonTape _tape = context.Tape;

    /// <summary>What becomes of media.</summary>
    public MediaUse Media { get; set; }

    /// <summary>The text that bears its whole content's mark for the cache, and that mark.</summary>
    public (int Text, int Mark) Tail { get; set; } = (JsonTape.None, JsonTape.None);

    /// <summary>Writes a whole content: a string or blocks.</summary>
    public void WriteContent(int node)
    {
        if (_tape.HasText(node) && Media != MediaUse.Only)
        {
            content.Text(_tape.Escaped(node), MarkOf(node));
            return;
        }

        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            Write(block);
        }
    }

    /// <summary>Writes one block.</summary>
    public void Write(int block)
    {
        if (media.IsMedia(block))
        {
            WriteMedia(block);
        }
        else if (Media != MediaUse.Only)
        {
            WriteText(block);
        }
    }

    private void WriteMedia(int block)
    {
        var isTaken = media.CanWrite(block) && (content.HasParts || Media == MediaUse.Later);
        if (isTaken && Media is MediaUse.Write or MediaUse.Only)
        {
            WriteNote(block);
            media.Write(block, content);
        }
        else if (!(isTaken && Media == MediaUse.Later) && Media != MediaUse.Only)
        {
            content.Text(media.PlaceholderFor(block));
        }
    }

    // A file part has room for a name and for nothing else.
    private void WriteNote(int block)
    {
        var note = _tape.Find(block, "context"u8);
        if (_tape.HasText(note))
        {
            content.Text(_tape.Escaped(note));
        }
    }

    private void WriteText(int block)
    {
        var type = _tape.Find(block, "type"u8);
        if (_tape.Is(type, "text"u8))
        {
            var text = _tape.Find(block, "text"u8);
            if (_tape.HasText(text))
            {
                content.Text(_tape.Escaped(text), MarkOf(block));
            }
        }
        else if (_tape.Is(type, "document"u8))
        {
            readable.WriteDocument(block, content);
        }
        else if (_tape.Is(type, "search_result"u8))
        {
            readable.WriteSearchResult(block, content);
        }
        else if (_tape.Is(type, "tool_reference"u8))
        {
            WriteReference(_tape.Find(block, "tool_name"u8));
        }
        else if (_tape.Is(type, "tool_result"u8))
        {
            WriteOrphan(block);
        }
        else
        {
            context.Dropped.Add(_tape.Raw(type));
        }
    }

    private int MarkOf(int node)
    {
        var mark = _tape.Find(node, "cache_control"u8);
        return mark == JsonTape.None && node == Tail.Text ? Tail.Mark : mark;
    }

    private void WriteReference(int name)
    {
        content.BeginText("\\n"u8);
        context.Output.Piece("Tool "u8);
        ToolNames.Write(_tape.Text(name), context.Output);
        context.Output.Piece(" is now available."u8);
        content.EndText();
    }

    // A result whose call is gone can only be told, not sent as one.
    private void WriteOrphan(int block)
    {
        content.BeginText("\\n"u8);
        context.Output.Piece("Result of an earlier tool call:"u8);
        content.EndText();
        WriteContent(_tape.Find(block, "content"u8));
    }
}
