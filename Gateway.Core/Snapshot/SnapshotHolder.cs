namespace Gateway.Core.Snapshot;

/// <summary>The one reference that a new configuration swaps. Thread-safe.</summary>
public sealed class SnapshotHolder(GatewaySnapshot first)
{
    private GatewaySnapshot _current = first;

    /// <summary>The configuration in force; read once per exchange.</summary>
    public GatewaySnapshot Current => Volatile.Read(ref _current);

    /// <summary>Puts a new one in force; running exchanges keep theirs.</summary>
    public void Publish(GatewaySnapshot next) => Volatile.Write(ref _current, next);
}
