namespace Gateway.Core.Analysis;

/// <summary>The grammar of a number, byte by byte (RFC 8259 section 6).</summary>
internal struct NumberScanner
{
    private const int MostDigits = 18;

    private Part _part;
    private int _digits;
    private long _value;
    private bool _isPlain;

    private enum Part : byte
    {
        Minus,
        Zero,
        Integer,
        Dot,
        Fraction,
        Exponent,
        ExponentSign,
        ExponentDigits,
    }

    /// <summary>The value, if it is written as digits alone and fits; else -1.</summary>
    public readonly long PlainInteger => _isPlain && _digits <= MostDigits ? _value : -1;

    /// <summary>It may end here.</summary>
    public readonly bool IsWhole => _part is Part.Zero or Part.Integer or Part.Fraction or Part.ExponentDigits;

    /// <summary>Begins with a byte that is a minus or a digit.</summary>
    public void Begin(byte first)
    {
        _part = first switch
        {
            (byte)'-' => Part.Minus,
            (byte)'0' => Part.Zero,
            _ => Part.Integer,
        };
        _isPlain = _part != Part.Minus;
        _digits = 1;
        _value = _isPlain ? first - '0' : 0;
    }

    /// <summary>Takes the next byte; false if it is not part of the number.</summary>
    public bool TryTake(byte value)
    {
        var isDigit = value is >= (byte)'0' and <= (byte)'9';
        switch (_part)
        {
            case Part.Minus when isDigit:
                _part = value == (byte)'0' ? Part.Zero : Part.Integer;
                return true;
            case Part.Integer when isDigit:
                _value = ++_digits <= MostDigits ? (_value * 10) + value - '0' : 0;
                return true;
            case Part.Zero or Part.Integer when value == (byte)'.':
                return Become(Part.Dot);
            case Part.Dot or Part.Fraction when isDigit:
                return Become(Part.Fraction);
            case Part.Zero or Part.Integer or Part.Fraction when value is (byte)'e' or (byte)'E':
                return Become(Part.Exponent);
            case Part.Exponent when value is (byte)'+' or (byte)'-':
                return Become(Part.ExponentSign);
            case Part.Exponent or Part.ExponentSign or Part.ExponentDigits when isDigit:
                return Become(Part.ExponentDigits);
            default:
                return false;
        }
    }

    private bool Become(Part part)
    {
        _part = part;
        _isPlain = false;
        return true;
    }
}
