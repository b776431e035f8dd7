namespace Gateway.Core.Admission;

/// <summary>What the gateway does about its own load.</summary>
public enum LoadRung : byte
{
    /// <summary>Nothing.</summary>
    Normal,

    /// <summary>Give memory back; idle connections go sooner.</summary>
    Shrink,

    /// <summary>Answers close their connections.</summary>
    CloseConnections,

    /// <summary>New requests get 529.</summary>
    Refuse,

    /// <summary>No new connections; what streams is never cut.</summary>
    StopAccepting,
}

/// <summary>From how full the gateway is to what it does about it, in the shape of Envoy's overload manager.</summary>
public static class OverloadLadder
{
    /// <summary>The rung for a share of the memory that the process may use.</summary>
    /// <param name="memoryShare">From 0 to 1 and above.</param>
    public static LoadRung For(double memoryShare) => memoryShare switch
    {
        >= 0.98 => LoadRung.StopAccepting,
        >= 0.95 => LoadRung.Refuse,
        >= 0.92 => LoadRung.CloseConnections,
        >= 0.85 => LoadRung.Shrink,
        _ => LoadRung.Normal,
    };

    /// <summary>Seconds until a refused client should come again: from 1 to 5, so that not all come at once.</summary>
    /// <param name="chance">From 0 to below 1.</param>
    public static int RetryAfterSeconds(double chance) => 1 + (int)(chance * 5);
}
