namespace Gateway.Core.Translation.Answers;

/// <summary>Finds where an object, an array or a string of JSON that arrives in pieces is complete. Judges nothing else.</summary>
internal struct JsonScanner
{
    private int _depth;
    private bool _isInString;
    private bool _isEscaped;

    /// <summary>The value has ended.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Takes the next piece.</summary>
    /// <returns>How many bytes of it belong to the value.</returns>
    public int Take(ReadOnlySpan<byte> piece)
    {
        for (var at = 0; at < piece.Length; at++)
        {
            if (IsComplete)
            {
                return at;
            }

            if (_isInString && !_isEscaped)
            {
                var next = piece[at..].IndexOfAny((byte)'"', (byte)'\\');
                if (next < 0)
                {
                    break;
                }

                at += next;
            }

            Take(piece[at]);
        }

        return piece.Length;
    }

    private void Take(byte value)
    {
        if (_isInString)
        {
            TakeInString(value);
            return;
        }

        switch (value)
        {
            case (byte)'"':
                _isInString = true;
                break;
            case (byte)'{' or (byte)'[':
                _depth++;
                break;
            case (byte)'}' or (byte)']':
                IsComplete = --_depth <= 0;
                break;
        }
    }

    private void TakeInString(byte value)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
        }
        else if (value == '\\')
        {
            _isEscaped = true;
        }
        else if (value == '"')
        {
            _isInString = false;
            IsComplete = _depth == 0;
        }
    }
}
