namespace Gateway.Core.Translation.Requests;

/// <summary>Writes images and PDF files as parts of a message, where the provider takes them.</summary>
internal sealed class MediaWriter(TranslationContext context)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;

    /// <summary>Whether the block is an image or a PDF file, taken or not.</summary>
    public bool IsMedia(int block)
    {
        var type = _tape.Find(block, "type"u8);
        return _tape.Is(type, "image"u8) || (_tape.Is(type, "document"u8) && IsPdf(Source(block)));
    }

    /// <summary>Whether the block can be written as a part.</summary>
    public bool CanWrite(int block)
    {
        var type = _tape.Find(block, "type"u8);
        var source = Source(block);
        if (_tape.Is(type, "image"u8))
        {
            return context.Profile.Vision && (IsUrl(source) || IsBase64(source));
        }

        return _tape.Is(type, "document"u8) && IsPdf(source) && context.Profile.PdfFileParts
            && (IsBase64(source) || !context.IsChat || FetchesAddresses);
    }

    /// <summary>Whether any block of a content can be.</summary>
    public bool CanWriteAny(int content)
    {
        for (var block = JsonTape.First(content); block < _tape.End(content); block = _tape.Next(block))
        {
            if (CanWrite(block))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the part; only what <see cref="CanWrite"/> allows, and only into parts.</summary>
    public void Write(int block, ContentWriter content)
    {
        content.Start();
        _output.BeginObject();
        if (_tape.Is(_tape.Find(block, "type"u8), "image"u8))
        {
            WriteImage(Source(block));
        }
        else
        {
            WriteFile(block, Source(block));
        }

        _output.EndObject();
    }

    /// <summary>What stands where a medium can't.</summary>
    public ReadOnlySpan<byte> PlaceholderFor(int block)
    {
        if (_tape.Is(_tape.Find(block, "type"u8), "image"u8))
        {
            context.Dropped.Add("image"u8);
            return context.Profile.Vision
                ? "(image omitted: it can't be sent here)"u8
                : "(image omitted: this model does not support images)"u8;
        }

        context.Dropped.Add("document"u8);
        return "(document omitted: this model does not support PDF files)"u8;
    }

    private void WriteImage(int source)
    {
        _output.Name("type"u8);
        _output.Text(context.IsChat ? "image_url"u8 : "input_image"u8);
        _output.Name("image_url"u8);
        if (context.IsChat)
        {
            _output.BeginObject();
            _output.Name("url"u8);
            WriteAddress(source, "image/png"u8);
            _output.EndObject();
        }
        else
        {
            WriteAddress(source, "image/png"u8);
            _output.Name("detail"u8);
            _output.Text("auto"u8);
        }
    }

    private void WriteFile(int block, int source)
    {
        _output.Name("type"u8);
        _output.Text(context.IsChat ? "file"u8 : "input_file"u8);
        if (context.IsChat)
        {
            _output.Name("file"u8);
            _output.BeginObject();
        }

        if (context.IsChat || !IsUrl(source))
        {
            _output.Name("filename"u8);
            WriteFileName(_tape.Escaped(_tape.Find(block, "title"u8)));
        }

        _output.Name(!context.IsChat && IsUrl(source) ? "file_url"u8 : "file_data"u8);
        WriteAddress(source, "application/pdf"u8);
        if (context.IsChat)
        {
            _output.EndObject();
        }
    }

    // Providers tell the format by the name's end.
    private void WriteFileName(ReadOnlySpan<byte> title)
    {
        _output.BeginText();
        _output.Piece(title.IsEmpty ? "document"u8 : title);
        if (!title.EndsWith(".pdf"u8))
        {
            _output.Piece(".pdf"u8);
        }

        _output.EndText();
    }

    private void WriteAddress(int source, ReadOnlySpan<byte> usualType)
    {
        _output.BeginText();
        if (IsUrl(source))
        {
            _output.Piece(_tape.Escaped(_tape.Find(source, "url"u8)));
        }
        else
        {
            var type = _tape.Find(source, "media_type"u8);
            _output.Piece("data:"u8);
            _output.Piece(_tape.HasText(type) ? _tape.Raw(type) : usualType);
            _output.Piece(";base64,"u8);
            _output.Piece(_tape.Escaped(_tape.Find(source, "data"u8)));
        }

        _output.EndText();
    }

    // In Chat Completions OpenRouter alone takes an address where data would stand; its form of reasoning tells it apart.
    private bool FetchesAddresses => context.Profile.ReasoningRequest == ReasoningRequest.OpenRouter;

    private int Source(int block) => _tape.Find(block, "source"u8);

    private bool IsUrl(int source) => _tape.Is(_tape.Find(source, "type"u8), "url"u8) && _tape.HasText(_tape.Find(source, "url"u8));

    private bool IsBase64(int source) =>
        _tape.Is(_tape.Find(source, "type"u8), "base64"u8) && _tape.HasText(_tape.Find(source, "data"u8));

    private bool IsPdf(int source)
    {
        var type = _tape.Find(source, "type"u8);
        return _tape.Is(type, "url"u8) || _tape.Is(type, "base64"u8);
    }
}
