using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Tells thoughts between <c>&lt;think&gt;</c> tags from text. A tag may arrive in pieces. Reusable.</summary>
internal sealed class ThinkTagSplitter
{
    private readonly ArrayBufferWriter<byte> _held = new(1024);
    private int _taken;
    private bool _isThinking;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _held.ResetWrittenCount();
        _taken = 0;
        _isThinking = false;
    }

    /// <summary>Takes a piece of text.</summary>
    public void Add(ReadOnlySpan<byte> text) => _held.Write(text);

    /// <summary>Gives what is decided so far, a run at a time: valid until the next <see cref="Add"/>.</summary>
    public bool Next(bool isFinal, out ReadOnlySpan<byte> run, out bool isThought)
    {
        while (true)
        {
            var rest = _held.WrittenSpan[_taken..];
            var tag = _isThinking ? "</think>"u8 : "<think>"u8;
            var at = rest.IndexOf(tag);
            isThought = _isThinking;
            run = at >= 0 ? rest[..at] : rest[..(rest.Length - (isFinal ? 0 : TailOf(rest, tag)))];
            _taken += run.Length;
            if (at >= 0)
            {
                _taken += tag.Length;
                _isThinking = !_isThinking;
            }

            if (!run.IsEmpty)
            {
                return true;
            }

            if (at < 0)
            {
                Compact();
                return false;
            }
        }
    }

    private void Compact()
    {
        Span<byte> tail = stackalloc byte[16];
        var rest = _held.WrittenSpan[_taken..];
        rest.CopyTo(tail);
        var length = rest.Length;
        _held.ResetWrittenCount();
        _held.Write(tail[..length]);
        _taken = 0;
    }

    // How many bytes at the end may be the beginning of a tag.
    private static int TailOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tag)
    {
        for (var length = Math.Min(tag.Length - 1, text.Length); length > 0; length--)
        {
            if (text[^length..].SequenceEqual(tag[..length]))
            {
                return length;
            }
        }

        return 0;
    }
}
