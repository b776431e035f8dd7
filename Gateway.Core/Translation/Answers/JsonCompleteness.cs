namespace Gateway.Core.Translation.Answers;

/// <summary>Tells when a JSON value that comes in pieces, inside JSON strings, is complete. It judges nothing else.</summary>
internal struct JsonCompleteness
{
    private int _depth;
    private bool _inString;
    private bool _isEscaped;
    private bool _hasBegun;

    /// <summary>The value is whole.</summary>
    public bool IsComplete { readonly get; private set; }

    /// <summary>Sees a piece, escaped as the inside of a JSON string; returns how much of it belongs to the value.</summary>
    public int Feed(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && !IsComplete)
        {
            var value = text[at++];
            if (value == (byte)'\\' && at < text.Length)
            {
                // The outer escape of a quote or a backslash hides a sign of the inner JSON; any other hides white space or letters.
                value = text[at] is (byte)'"' or (byte)'\\' or (byte)'/' ? text[at] : (byte)' ';
                at += text[at] == (byte)'u' ? 5 : 1;
            }

            See(value);
        }

        return Math.Min(at, text.Length);
    }

    private void See(byte value)
    {
        if (_inString)
        {
            _inString = _isEscaped || value != (byte)'"';
            _isEscaped = !_isEscaped && value == (byte)'\\';
            IsComplete = !_inString && _depth == 0;
            return;
        }

        switch (value)
        {
            case (byte)'"':
                _inString = _hasBegun = true;
                break;
            case (byte)'{' or (byte)'[':
                _depth++;
                _hasBegun = true;
                break;
            case (byte)'}' or (byte)']':
                IsComplete = --_depth <= 0 && _hasBegun;
                break;
        }
    }
}
