using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Writes images and PDF files of a message as Anthropic's blocks.</summary>
internal sealed class ChatMedia(ChatRequestContext context)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;

    // What base64 makes of "%PDF-".
    private static ReadOnlySpan<byte> PdfStart => "JVBERi"u8;

    /// <summary>Writes an <c>image_url</c> part.</summary>
    public void WriteImage(int part)
    {
        var image = _tape.Find(part, "image_url"u8);
        var url = _tape.Kind(image) == TapeKind.String ? image : _tape.Find(image, "url"u8);
        var address = _tape.Text(url);
        if (DataUri.TryRead(address, out var uri))
        {
            BeginBlock("image"u8);
            WriteBase64(ImageType(uri), uri.Data);
            EndBlock(part);
        }
        else if (DataUri.IsWeb(address))
        {
            BeginBlock("image"u8);
            WriteUrl(address);
            EndBlock(part);
        }
        else
        {
            context.RefusePart(".image_url.url: must be an http(s) address or a base64 data address");
        }
    }

    /// <summary>Writes a <c>file</c> part: a PDF, or an image that came as a file.</summary>
    public void WriteFile(int part)
    {
        var file = _tape.Find(part, "file"u8);
        var content = _tape.Find(file, "file_data"u8);
        if (!_tape.HasText(content))
        {
            context.RefusePart(".file.file_data: is required; files by id are not known here");
            return;
        }

        var data = _tape.Text(content);
        if (DataUri.TryRead(data, out var uri))
        {
            WriteFile(part, file, uri);
        }
        else if (DataUri.IsWeb(data))
        {
            BeginBlock("document"u8);
            WriteUrl(data);
            EndDocument(part, file);
        }
        else if (data.StartsWith(PdfStart))
        {
            BeginBlock("document"u8);
            WriteBase64("application/pdf"u8, data);
            EndDocument(part, file);
        }
        else
        {
            RefuseFile();
        }
    }

    private void WriteFile(int part, int file, DataUri uri)
    {
        if (uri.IsOfType("application/pdf"u8))
        {
            BeginBlock("document"u8);
            WriteBase64("application/pdf"u8, uri.Data);
            EndDocument(part, file);
        }
        else if (uri.IsOfType("image/"u8))
        {
            BeginBlock("image"u8);
            WriteBase64(ImageType(uri), uri.Data);
            EndBlock(part);
        }
        else
        {
            RefuseFile();
        }
    }

    private void RefuseFile() => context.RefusePart(".file.file_data: must be a PDF file or an image, as a base64 data address");

    // Anthropic knows no image/jpg, and many clients write it.
    private static ReadOnlySpan<byte> ImageType(DataUri uri) =>
        uri.MediaType.IsEmpty ? "image/png"u8
        : uri.MediaType.Length == "image/jpg".Length && uri.IsOfType("image/jpg"u8) ? "image/jpeg"u8
        : uri.MediaType;

    private void BeginBlock(ReadOnlySpan<byte> type)
    {
        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text(type);
        _output.Name("source"u8);
    }

    private void WriteBase64(ReadOnlySpan<byte> mediaType, ReadOnlySpan<byte> data)
    {
        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("base64"u8);
        _output.Name("media_type"u8);
        context.WriteText(mediaType);
        _output.Name("data"u8);
        context.WriteText(data);
        _output.EndObject();
    }

    private void WriteUrl(ReadOnlySpan<byte> address)
    {
        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("url"u8);
        _output.Name("url"u8);
        context.WriteText(address);
        _output.EndObject();
    }

    private void EndDocument(int part, int file)
    {
        var name = _tape.Find(file, "filename"u8);
        if (_tape.HasText(name))
        {
            _output.Name("title"u8);
            _output.Text(_tape.Escaped(name));
        }

        EndBlock(part);
    }

    private void EndBlock(int part)
    {
        context.WriteCacheMark(part);
        _output.EndObject();
    }
}
