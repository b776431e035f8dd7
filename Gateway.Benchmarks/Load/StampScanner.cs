using Gateway.Benchmarks.Provider;

namespace Gateway.Benchmarks.Load;

/// <summary>Finds the stamps in an answer that comes in any pieces, whatever dialect it was put into on the way.</summary>
internal struct StampScanner
{
    private long _value;
    private int _digits;
    private bool _isInside;

    /// <summary>Takes bytes from the front up to the end of the next stamp; false when they are used up without one.</summary>
    public bool TryFind(ref ReadOnlySpan<byte> bytes, out long nanoseconds)
    {
        nanoseconds = 0;
        while (!bytes.IsEmpty)
        {
            if (!_isInside)
            {
                var mark = bytes.IndexOf(Stamp.Mark);
                _isInside = mark >= 0;
                bytes = mark < 0 ? default : bytes[(mark + 1)..];
                continue;
            }

            var next = bytes[0];
            bytes = bytes[1..];
            if (next is >= (byte)'0' and <= (byte)'9')
            {
                _value = (_value * 10) + (next - '0');
                _digits++;
                continue;
            }

            nanoseconds = _value;
            var isWhole = next == Stamp.Mark && _digits == Stamp.Digits;
            _isInside = next == Stamp.Mark && !isWhole;
            _value = 0;
            _digits = 0;
            if (isWhole)
            {
                return true;
            }
        }

        return false;
    }
}
