namespace Gateway.Http.Body;

/// <summary>How a read of a body ended.</summary>
public enum BodyStatus : byte
{
    /// <summary>Payload is there, more will come.</summary>
    More,

    /// <summary>The body is whole; the last payload may be there, too.</summary>
    Complete,

    /// <summary>The peer ended before the body was whole.</summary>
    Truncated,

    /// <summary>The framing is broken.</summary>
    Malformed,

    /// <summary>The body is larger than allowed.</summary>
    TooLarge,

    /// <summary>There is no memory for it at the moment.</summary>
    NoRoom,

    /// <summary>Somebody canceled the read: a deadline, or the other side left.</summary>
    Canceled,
}
