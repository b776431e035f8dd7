namespace Gateway.Http.Wire;

/// <summary>The three answers of a parser.</summary>
public enum ParseStatus : byte
{
    /// <summary>What is there is right so far.</summary>
    NeedMoreBytes,

    /// <summary>Whole.</summary>
    Done,

    /// <summary>Wrong: never repaired.</summary>
    Rejected,
}
