using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>One call of a tool while it arrives. Reusable.</summary>
internal sealed class ToolCall
{
    private readonly ArrayBufferWriter<byte> _arguments = new(256);
    private JsonScanner _scanner;
    private char _high;

    /// <summary>The place the provider gives it.</summary>
    public long Index { get; private set; }

    /// <summary>Which one of the answer's calls it is, from 1 on.</summary>
    public int Number { get; private set; }

    /// <summary>The provider's id, UTF-8; empty while unknown.</summary>
    public ArrayBufferWriter<byte> Id { get; } = new(64);

    /// <summary>The provider's name of the tool; empty while unknown.</summary>
    public ArrayBufferWriter<byte> Name { get; } = new(64);

    /// <summary>The id the client was given.</summary>
    public ArrayBufferWriter<byte> ClientId { get; } = new(64);

    /// <summary>Its block was begun.</summary>
    public bool IsOpened { get; set; }

    /// <summary>Its block was ended.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Its arguments are a complete value.</summary>
    public bool IsComplete => _scanner.IsComplete;

    /// <summary>Some of its arguments have come.</summary>
    public bool HasArguments { get; private set; }

    /// <summary>Arguments that wait.</summary>
    public ReadOnlySpan<byte> Waiting => _arguments.WrittenSpan;

    /// <summary>Becomes a new call.</summary>
    /// <param name="index">The place the provider gives it.</param>
    /// <param name="number">How many calls there are with it.</param>
    public void Begin(long index, int number)
    {
        Index = index;
        Number = number;
        Id.ResetWrittenCount();
        Name.ResetWrittenCount();
        ClientId.ResetWrittenCount();
        _arguments.ResetWrittenCount();
        _scanner = default;
        _high = '\0';
        IsOpened = IsClosed = HasArguments = false;
    }

    /// <summary>Takes a fragment of the arguments, escaped as it stood in a JSON string. What follows the value is dropped.</summary>
    public void AddEscaped(ReadOnlySpan<byte> escaped)
    {
        var before = _arguments.WrittenCount;
        JsonText.Unescape(escaped, _arguments, ref _high);
        Judge(before);
    }

    /// <summary>Takes arguments that are no string but the value itself.</summary>
    public void AddValue(ReadOnlySpan<byte> json)
    {
        if (!HasArguments)
        {
            _arguments.Write(json);
            Judge(0);
        }
    }

    /// <summary>Whether the client may have what waits: not before something can be seen, nor a <c>null</c>.</summary>
    public bool MayPass(bool isFinal)
    {
        var text = Waiting.Trim(" \t\r\n"u8);
        return !text.IsEmpty && (text[0] != 'n' || (isFinal && !text.SequenceEqual("null"u8)));
    }

    /// <summary>The client has what waited.</summary>
    public void Passed() => _arguments.ResetWrittenCount();

    private void Judge(int before)
    {
        var piece = _arguments.WrittenSpan[before..];
        HasArguments |= !JsonText.IsBlank(piece);
        var kept = before + _scanner.Take(piece);
        if (kept < _arguments.WrittenCount)
        {
            Truncate(kept);
        }
    }

    private void Truncate(int length)
    {
        // The bytes stay where they are: resetting only moves the mark.
        _arguments.ResetWrittenCount();
        _arguments.Advance(length);
    }
}
