namespace Gateway.Http.Proxying;

/// <summary>What a listener serves.</summary>
public enum ListenerRole : byte
{
    /// <summary>The API and the management API.</summary>
    Everything,

    /// <summary>The API; of the management API only what tells whether the gateway lives.</summary>
    Api,

    /// <summary>The management API alone.</summary>
    Management,
}
