using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Parts text from the reasoning that some servers leave in it between <c>&lt;think&gt;</c> tags; a tag may come in pieces.</summary>
internal sealed class ThinkTags
{
    private readonly ArrayBufferWriter<byte> _text = new(256);
    private bool _isInside;

    private ReadOnlySpan<byte> Tag => _isInside ? "</think>"u8 : "<think>"u8;

    /// <summary>Forgets the last answer.</summary>
    public void Begin()
    {
        _text.ResetWrittenCount();
        _isInside = false;
    }

    /// <summary>Adds text; what is sure goes on, and what may be the beginning of a tag waits.</summary>
    public void Add(ReadOnlySpan<byte> text, AnswerBuilder builder)
    {
        _text.Write(text);
        var rest = _text.WrittenSpan;
        for (var at = rest.IndexOf(Tag); at >= 0; at = rest.IndexOf(Tag))
        {
            Say(rest[..at], builder);
            rest = rest[(at + Tag.Length)..];
            _isInside = !_isInside;
        }

        var sure = rest.Length - WaitingLength(rest);
        Say(rest[..sure], builder);
        var waiting = rest[sure..].ToArray();
        _text.ResetWrittenCount();
        _text.Write(waiting);
    }

    /// <summary>The text has ended: what waits is no tag.</summary>
    public void End(AnswerBuilder builder)
    {
        Say(_text.WrittenSpan, builder);
        _text.ResetWrittenCount();
    }

    private void Say(ReadOnlySpan<byte> text, AnswerBuilder builder)
    {
        if (!text.IsEmpty)
        {
            if (_isInside)
            {
                builder.AddReasoning(text);
            }
            else
            {
                builder.AddPlain(text);
            }
        }
    }

    private int WaitingLength(ReadOnlySpan<byte> text)
    {
        for (var length = Math.Min(Tag.Length - 1, text.Length); length > 0; length--)
        {
            if (Tag.StartsWith(text[^length..]))
            {
                return length;
            }
        }

        return 0;
    }
}
