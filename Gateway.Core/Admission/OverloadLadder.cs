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
    private const double ShrinkFrom = 0.85;
    private const double RefuseFrom = 0.95;
    private const int LeastIdleMs = 2_000;

    /// <summary>The rung for a share of the memory that the process may use.</summary>
    /// <param name="memoryShare">From 0 to 1 and above.</param>
    public static LoadRung For(double memoryShare) => memoryShare switch
    {
        >= 0.98 => LoadRung.StopAccepting,
        >= RefuseFrom => LoadRung.Refuse,
        >= 0.92 => LoadRung.CloseConnections,
        >= ShrinkFrom => LoadRung.Shrink,
        _ => LoadRung.Normal,
    };

    /// <summary>How long an idle connection is kept: as configured, and from the first rung on ever shorter, down to 2 s where requests are refused.</summary>
    /// <param name="memoryShare">From 0 to 1 and above.</param>
    /// <param name="normalMs">As configured, milliseconds.</param>
    public static int IdleMs(double memoryShare, int normalMs)
    {
        var way = Math.Clamp((memoryShare - ShrinkFrom) / (RefuseFrom - ShrinkFrom), 0, 1);
        var least = Math.Min(LeastIdleMs, normalMs);
        return normalMs - (int)(way * (normalMs - least));
    }

    /// <summary>Seconds until a refused client should come again: from 1 to 5, so that not all come at once.</summary>
    /// <param name="chance">From 0 to below 1.</param>
    public static int RetryAfterSeconds(double chance) => 1 + (int)(chance * 5);
}
