namespace Gateway.Http.Proxying;

/// <summary>What became of a request before anything was sent for it.</summary>
internal enum InPlace : byte
{
    /// <summary>The provider must be asked.</summary>
    Unanswered,

    /// <summary>The client has its answer.</summary>
    Answered,

    /// <summary>This provider can't take it, and another is left.</summary>
    PassedOn,
}
