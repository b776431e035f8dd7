namespace Gateway.Http.Upstream;

/// <summary>How the wait for a response head ended.</summary>
public enum HeadOutcome : byte
{
    /// <summary>The head is there.</summary>
    Received,

    /// <summary>The connection ended without a byte of a response.</summary>
    NothingReceived,

    /// <summary>The connection ended inside the head.</summary>
    Truncated,

    /// <summary>What came is no acceptable HTTP/1.1 response.</summary>
    Malformed,

    /// <summary>Somebody canceled the wait.</summary>
    Canceled,
}
