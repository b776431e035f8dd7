using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;

namespace Gateway.Core.Telemetry;

/// <summary>One line under construction: named fields in order, in a buffer that is kept and used again.</summary>
/// <remarks>Never longer than <see cref="MaxBytes"/>: what does not fit is cut, and the line says so. Single-threaded.
/// Allocates nothing once the buffer has its size.</remarks>
public abstract class LogLine
{
    /// <summary>Longest line in bytes, its line feed included.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int FirstSize = 1024;

    // What JSON takes as it is.
    private static readonly SearchValues<byte> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Where(b => b is not ('"' or '\\')).Select(b => (byte)b)]);

    // Kept free for what ends a value and the line.
    private const int Reserve = 32;

    private byte[] _buffer = new byte[FirstSize];
    private int _length;

    /// <summary>The line so far; complete, with its line feed, after <see cref="End"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>The same for machines: JSON, with its line feed, after <see cref="End"/>. Empty if that form is not kept.</summary>
    public abstract ReadOnlySpan<byte> AsJson { get; }

    /// <summary>Bytes the buffer holds now.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>Something did not fit and is missing.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Starts over: time, level and name of the event.</summary>
    /// <param name="time">When it happened.</param>
    /// <param name="level">How much it matters.</param>
    /// <param name="name">ASCII name of the event.</param>
    public void Begin(DateTimeOffset time, LogLevel level, ReadOnlySpan<byte> name)
    {
        _length = 0;
        IsCut = false;
        WriteStart(time, level, name);
    }

    /// <summary>Adds a text.</summary>
    /// <param name="name">ASCII name of the field.</param>
    /// <param name="value">UTF-8 from anywhere, even a client: it is escaped, invalid bytes come out as U+FFFD.</param>
    public LogLine Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Fits(name.Length))
        {
            WriteText(name, value);
        }

        return this;
    }

    /// <summary>Adds a text. For rare events: it costs an encoding.</summary>
    /// <param name="name">ASCII name of the field.</param>
    /// <param name="value">Any text; null is written as an empty one.</param>
    public LogLine Text(ReadOnlySpan<byte> name, string? value) =>
        Text(name, Encoding.UTF8.GetBytes(value ?? string.Empty));

    /// <summary>Adds a number.</summary>
    /// <param name="name">ASCII name of the field; it carries the unit, as in <c>total_us</c>.</param>
    /// <param name="value">Any number.</param>
    public LogLine Number(ReadOnlySpan<byte> name, long value)
    {
        if (Fits(name.Length))
        {
            WriteNumber(name, value);
        }

        return this;
    }

    /// <summary>Adds attempts; those that do not fit are missing.</summary>
    /// <param name="name">ASCII name of the field.</param>
    /// <param name="attempts">In order.</param>
    public LogLine Attempts(ReadOnlySpan<byte> name, ReadOnlySpan<FailedAttempt> attempts)
    {
        if (Fits(name.Length))
        {
            WriteAttempts(name, attempts);
        }

        return this;
    }

    /// <summary>Ends the line.</summary>
    public void End() => WriteEnd();

    /// <summary>Writes time, level and name of the event.</summary>
    protected abstract void WriteStart(DateTimeOffset time, LogLevel level, ReadOnlySpan<byte> name);

    /// <summary>Writes one text field.</summary>
    protected abstract void WriteText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);

    /// <summary>Writes one number field.</summary>
    protected abstract void WriteNumber(ReadOnlySpan<byte> name, long value);

    /// <summary>Writes one field of attempts.</summary>
    protected abstract void WriteAttempts(ReadOnlySpan<byte> name, ReadOnlySpan<FailedAttempt> attempts);

    /// <summary>Writes what ends the line, a mark if it <see cref="IsCut"/> included.</summary>
    protected abstract void WriteEnd();

    /// <summary>Appends bytes as they are: names and punctuation.</summary>
    protected void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Appends a text with JSON's escapes, or as much of it as fits.</summary>
    protected void AppendEscaped(ReadOnlySpan<byte> text)
    {
        // Nearly every text is plain: names, ids, models.
        if (text.Length <= _buffer.Length - _length - Reserve && !text.ContainsAnyExcept(Plain))
        {
            Append(text);
            return;
        }

        while (!text.IsEmpty)
        {
            var room = _buffer.AsSpan(_length, _buffer.Length - _length - Reserve);
            var status = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, room, out var read, out var written);
            text = text[read..];
            _length += written;
            if (status == OperationStatus.DestinationTooSmall && !Grow())
            {
                return;
            }
        }
    }

    /// <summary>Where the next bytes go: at least a field's name, its punctuation and 20 digits find room, which was made sure of.</summary>
    protected Span<byte> Room => _buffer.AsSpan(_length);

    /// <summary>So many bytes of the <see cref="Room"/> were written.</summary>
    protected void Advance(int bytes) => _length += bytes;

    /// <summary>Appends a number in decimal.</summary>
    protected void AppendNumber(long number)
    {
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>Appends a time in UTC.</summary>
    protected void AppendTime(DateTimeOffset time)
    {
        LogTime.Write(time, _buffer.AsSpan(_length));
        _length += LogTime.Length;
    }

    /// <summary>Appends an ASCII word.</summary>
    protected void AppendAscii(string word) => _length += Encoding.ASCII.GetBytes(word, _buffer.AsSpan(_length));

    /// <summary>Makes sure of the room for a field: its name, some punctuation and at most 20 digits; texts ask for more as they need it.</summary>
    protected bool Fits(int nameLength)
    {
        var needed = nameLength + (2 * Reserve);
        while (_buffer.Length - _length < needed)
        {
            if (!Grow())
            {
                return false;
            }
        }

        return true;
    }

    private bool Grow()
    {
        if (_buffer.Length >= MaxBytes)
        {
            IsCut = true;
            return false;
        }

        Array.Resize(ref _buffer, Math.Min(MaxBytes, _buffer.Length * 2));
        return true;
    }
}
