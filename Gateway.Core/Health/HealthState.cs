namespace Gateway.Core.Health;

/// <summary>How a provider is, in one word.</summary>
public enum HealthState : byte
{
    /// <summary>It answers.</summary>
    Healthy,

    /// <summary>It fails now and then, or has just come back.</summary>
    Degraded,

    /// <summary>Its probes fail, or somebody marked it so: it is asked last.</summary>
    Unhealthy,

    /// <summary>It failed too often: it rests.</summary>
    CircuitOpen,

    /// <summary>It asked for a pause (429).</summary>
    Cooling,

    /// <summary>Its money is gone: it is asked again after its reset, or after a reload.</summary>
    Exhausted,

    /// <summary>Its key was refused, or somebody took it out.</summary>
    Disabled,
}
