namespace Gateway.Core.Analysis;

/// <summary>How far a scan is.</summary>
public enum ScanStatus : byte
{
    /// <summary>Right so far.</summary>
    Continue,

    /// <summary>One whole JSON object was read.</summary>
    Done,

    /// <summary>It is no JSON object.</summary>
    Invalid,
}

/// <summary>What is wrong with the JSON itself.</summary>
public enum ScanError : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A byte that can't stand there.</summary>
    UnexpectedByte,

    /// <summary>The top-level value is no object.</summary>
    NotAnObject,

    /// <summary>Deeper than <see cref="RequestScanner.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>It ends before it is whole.</summary>
    Truncated,

    /// <summary>A control byte inside a string.</summary>
    ControlByteInString,

    /// <summary>An escape that JSON does not know.</summary>
    InvalidEscape,
}

/// <summary>What the scanner expects next.</summary>
internal enum ScanState : byte
{
    Value,
    FirstItem,
    FirstKey,
    Key,
    Colon,
    AfterValue,
    End,

    // From here on inside a token.
    String,
    Number,
    Literal,
}
