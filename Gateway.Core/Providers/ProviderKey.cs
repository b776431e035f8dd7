using System.Text;
using Gateway.Core.Admission;
using Gateway.Core.Analysis;
using Gateway.Core.Configuration;
using Gateway.Core.Health;

namespace Gateway.Core.Providers;

/// <summary>One credential of a provider, and the connections made with it. Immutable but for its state.</summary>
public sealed class ProviderKey
{
    private int _isRefused;

    internal ProviderKey(string group, int weight, Secret? value, HttpTarget? target, KeyState state, RateLimits? limits)
    {
        Limits = limits;
        Group = group;
        GroupHash = StableHash.Of(Encoding.UTF8.GetBytes(group));
        Weight = weight;
        Value = value;
        Target = target;
        State = state;
        Hash = StableHash.Of(Encoding.UTF8.GetBytes(target?.CredentialId ?? group));
    }

    /// <summary>Its limit group: keys of one organisation share their limits and their money.</summary>
    public string Group { get; }

    /// <summary>Hash of the name of its limit group.</summary>
    public ulong GroupHash { get; }

    /// <summary>Share of the conversations.</summary>
    public int Weight { get; }

    /// <summary>Value of the field it goes into; null where none is sent.</summary>
    public Secret? Value { get; }

    /// <summary>Where requests with it go; null for the built-in provider.</summary>
    public HttpTarget? Target { get; }

    /// <summary>What is known of its limit group.</summary>
    public KeyState State { get; }

    /// <summary>How much may be asked for with the keys of its limit group; null for as much as one likes.</summary>
    public RateLimits? Limits { get; }

    /// <summary>The provider refused it; others of its limit group may be good. Until the configuration is read again, or it has served as a last resort.</summary>
    public bool IsRefused => Volatile.Read(ref _isRefused) != 0;

    /// <summary>As many exchanges of its limit group are under way as may be; the next one waits in line.</summary>
    public bool IsFull => Target is { MaxInGroup: > 0 and var most } && State.InFlight >= most;

    /// <summary>It may be used.</summary>
    public bool IsReady(long nowMs) => !IsRefused && State.IsReady(nowMs);

    /// <summary>The provider refused it.</summary>
    public void Refuse() => Volatile.Write(ref _isRefused, 1);

    /// <summary>Everything is forgiven, its group included.</summary>
    public void Reset()
    {
        Volatile.Write(ref _isRefused, 0);
        State.Reset();
    }

    /// <summary>Hash of its place in the configuration; tells nothing about the key.</summary>
    public ulong Hash { get; }
}
