using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Text and thoughts as JSON strings in pieces: a surrogate pair may be cut between two. Reusable.</summary>
internal sealed class TextPieces(AnswerFlow flow)
{
    private readonly ArrayBufferWriter<byte> _text = new(4096);
    private char _textHigh;
    private char _thoughtHigh;

    /// <summary>Forgets everything.</summary>
    public void Reset() => _textHigh = _thoughtHigh = '\0';

    /// <summary>Takes a piece of text, escaped.</summary>
    public void Text(ReadOnlySpan<byte> escaped)
    {
        _text.ResetWrittenCount();
        JsonText.Unescape(escaped, _text, ref _textHigh);
        flow.Text(_text.WrittenSpan);
    }

    /// <summary>Takes a piece of a thought, escaped.</summary>
    public void Thought(ReadOnlySpan<byte> escaped)
    {
        _text.ResetWrittenCount();
        JsonText.Unescape(escaped, _text, ref _thoughtHigh);
        flow.Thought(_text.WrittenSpan);
    }
}
