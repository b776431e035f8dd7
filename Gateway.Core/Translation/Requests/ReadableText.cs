namespace Gateway.Core.Translation.Requests;

/// <summary>Writes what a person would read of a block that OpenAI's dialect has no form for: titles, addresses and texts,
/// and nothing encrypted.</summary>
internal sealed class ReadableText(TranslationContext context)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;
    private bool _hasLine;

    /// <summary>Writes a document's text with its title and context.</summary>
    public void WriteDocument(int block, ContentWriter content)
    {
        content.BeginText("\\n"u8);
        _output.Piece("<document>"u8);
        WriteTag(_tape.Find(block, "title"u8), "\\n<title>"u8, "</title>"u8);
        WriteTag(_tape.Find(block, "context"u8), "\\n<context>"u8, "</context>"u8);
        _hasLine = true;
        WriteLines(_tape.Find(block, "source"u8));
        _output.Piece("\\n</document>"u8);
        content.EndText();
    }

    /// <summary>Writes a search result.</summary>
    public void WriteSearchResult(int block, ContentWriter content)
    {
        content.BeginText("\\n"u8);
        _output.Piece("<search_result>"u8);
        _hasLine = true;
        WriteLines(block);
        _output.Piece("\\n</search_result>"u8);
        content.EndText();
    }

    /// <summary>Writes the call of a tool that ran at the provider.</summary>
    public void WriteServerCall(int block, ContentWriter content)
    {
        content.BeginText("\\n"u8);
        _output.Piece("["u8);
        _output.Piece(_tape.Escaped(_tape.Find(block, "name"u8)));
        var input = _tape.Find(block, "input"u8);
        if (_tape.Kind(input) == TapeKind.Object)
        {
            _output.Piece(" "u8);
            _output.Escape(_tape.Raw(input));
        }

        _output.Piece("]"u8);
        content.EndText();
    }

    /// <summary>Writes the result of such a call.</summary>
    public void WriteServerResult(int block, ContentWriter content)
    {
        content.BeginText("\\n"u8);
        _output.Piece("[result]"u8);
        _hasLine = true;
        WriteLines(_tape.Find(block, "content"u8));
        content.EndText();
    }

    private void WriteTag(int text, ReadOnlySpan<byte> opening, ReadOnlySpan<byte> closing)
    {
        if (_tape.HasText(text))
        {
            _output.Piece(opening);
            _output.Piece(_tape.Escaped(text));
            _output.Piece(closing);
        }
    }

    // The tape is as deep as the gateway's scanner allows, so this ends.
    private void WriteLines(int node)
    {
        switch (_tape.Kind(node))
        {
            case TapeKind.String:
                WriteLine(node);
                break;
            case TapeKind.Array:
                for (var item = JsonTape.First(node); item < _tape.End(node); item = _tape.Next(item))
                {
                    WriteLines(item);
                }

                break;
            case TapeKind.Object:
                WriteMembers(node);
                break;
            default:
                break;
        }
    }

    private void WriteMembers(int node)
    {
        WriteLines(_tape.Find(node, "title"u8));
        WriteLines(_tape.Find(node, "url"u8));
        WriteSource(node);
        WriteLines(_tape.Find(node, "text"u8));
        WriteLines(_tape.Find(node, "stdout"u8));
        WriteLines(_tape.Find(node, "stderr"u8));
        WriteLines(_tape.Find(node, "error_code"u8));
        WriteLines(_tape.Find(node, "content"u8));
        if (_tape.Is(_tape.Find(node, "type"u8), "text"u8))
        {
            WriteLines(_tape.Find(node, "data"u8));
        }
    }

    private void WriteSource(int node)
    {
        var source = _tape.Find(node, "source"u8);
        if (!_tape.Is(_tape.Find(source, "type"u8), "base64"u8))
        {
            WriteLines(source);
        }
    }

    private void WriteLine(int text)
    {
        if (!_tape.HasText(text))
        {
            return;
        }

        if (_hasLine)
        {
            _output.Piece("\\n"u8);
        }

        _output.Piece(_tape.Escaped(text));
        _hasLine = true;
    }
}
