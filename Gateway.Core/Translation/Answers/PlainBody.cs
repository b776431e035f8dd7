using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Tells a body that calls itself an event stream and is one JSON text, an error mostly, and keeps it. Reusable.</summary>
internal sealed class PlainBody
{
    // More than any answer; whoever sends more sends no answer.
    private const int MostBytes = 64 * 1024 * 1024;

    // White space and the bytes of a byte order mark.
    private static readonly SearchValues<byte> Leading = SearchValues.Create([(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF]);

    private readonly ArrayBufferWriter<byte> _json = new(256);
    private bool _isDecided;
    private bool _isPlain;

    /// <summary>The text so far; empty for an event stream.</summary>
    public ReadOnlySpan<byte> Json => _json.WrittenSpan;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _json.ResetWrittenCount();
        _isDecided = _isPlain = false;
    }

    /// <summary>Takes the next bytes, unless they are an event stream's: no line of one begins with a bracket that would mean anything.</summary>
    /// <param name="bytes">What has come; without what leads where nothing is decided yet.</param>
    public bool Takes(ref ReadOnlySpan<byte> bytes)
    {
        if (!_isDecided)
        {
            var first = bytes.IndexOfAnyExcept(Leading);
            if (first < 0)
            {
                return true;
            }

            bytes = bytes[first..];
            _isDecided = true;
            _isPlain = bytes[0] is (byte)'{' or (byte)'[';
        }

        if (_isPlain && _json.WrittenCount + bytes.Length <= MostBytes)
        {
            _json.Write(bytes);
        }

        return _isPlain;
    }
}
