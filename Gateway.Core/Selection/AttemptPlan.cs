using Gateway.Core.Configuration;
using Gateway.Core.Health;
using Gateway.Core.Providers;
using Gateway.Core.Routing;

namespace Gateway.Core.Selection;

/// <summary>Why a target is not asked.</summary>
public enum Exclusion : byte
{
    /// <summary>It may be asked.</summary>
    None,

    /// <summary>It does not serve the model.</summary>
    Model,

    /// <summary>It can't do what the request needs.</summary>
    Abilities,

    /// <summary>The conversation is longer than its window.</summary>
    ContextWindow,

    /// <summary>It gives shorter answers than the request asks for.</summary>
    OutputCap,

    /// <summary>The client may not use it.</summary>
    Client,

    /// <summary>It is out of service.</summary>
    Health,
}

/// <summary>Why the first in the order is the first.</summary>
public enum ChoiceReason : byte
{
    /// <summary>By the route's policy.</summary>
    Policy,

    /// <summary>Its conversation belongs there.</summary>
    Sticky,

    /// <summary>It served the conversation last, and its prompt cache is warm.</summary>
    Warm,

    /// <summary>The client named it.</summary>
    Named,

    /// <summary>A budget is spent, and it takes over.</summary>
    Budget,
}

/// <summary>Names of the reasons, as lines and pages write them.</summary>
public static class ChoiceReasons
{
    /// <summary>The name, as UTF-8.</summary>
    public static ReadOnlySpan<byte> Name(this ChoiceReason reason) => reason switch
    {
        ChoiceReason.Sticky => "sticky"u8,
        ChoiceReason.Warm => "warm"u8,
        ChoiceReason.Named => "named"u8,
        ChoiceReason.Budget => "budget"u8,
        _ => "policy"u8,
    };
}

/// <summary>A target of the route, and what speaks for and against it.</summary>
public struct Candidate
{
    /// <summary>The target.</summary>
    public RouteTarget Target;

    /// <summary>What is known of the model it would be asked for.</summary>
    public ModelFacts Facts;

    /// <summary>Its circuit for the model asked for.</summary>
    public CircuitBreaker Circuit;

    /// <summary>The key it is asked with.</summary>
    public ProviderKey Key;

    /// <summary>How it is.</summary>
    public HealthState State;

    /// <summary>Why it is not asked.</summary>
    public Exclusion Exclusion;

    /// <summary>What it can't do.</summary>
    public RequestNeeds Missing;

    /// <summary>The lower, the sooner within its group.</summary>
    public double Score;
}

/// <summary>Who is asked, in which order, for one request. Pooled with its exchange; allocates nothing.</summary>
public sealed class AttemptPlan
{
    /// <summary>Most targets of a route that are looked at.</summary>
    public const int MostTargets = 32;

    // Most routes have few; one that has more makes its room once.
    private Candidate[] _candidates = new Candidate[4];
    private readonly byte[] _order = new byte[MostTargets];
    private int _count;
    private int _ready;
    private int _at;

    /// <summary>The route.</summary>
    public Route? Route { get; private set; }

    /// <summary>Why the first is the first.</summary>
    public ChoiceReason Reason { get; set; }

    /// <summary>What a provider's key is chosen by: the conversation, else a lot.</summary>
    public ulong KeySeed { get; private set; }

    /// <summary>Whose prompt caches hold the conversation.</summary>
    public WarmCaches Warm { get; private set; }

    /// <summary>All targets of the route, those that are not asked included.</summary>
    public ReadOnlySpan<Candidate> Candidates => _candidates.AsSpan(0, _count);

    /// <summary>How many are asked at most.</summary>
    public int Count => _ready;

    /// <summary>There was somebody to ask.</summary>
    public bool HasOrder => _ready > 0;

    /// <summary>There is somebody to ask.</summary>
    public bool HasCurrent => _at < _ready;

    /// <summary>Who is asked now.</summary>
    public ref readonly Candidate Current => ref _candidates[_order[_at]];

    /// <summary>There is somebody behind the current one.</summary>
    public bool HasNext => _at + 1 < _ready;

    /// <summary>Somebody behind the current one has a larger window.</summary>
    public bool HasLarger => FindLarger() >= 0;

    /// <summary>The provider in the given place of the order.</summary>
    public Provider this[int place] => _candidates[_order[place]].Target.Provider;

    /// <summary>Goes on to the next.</summary>
    public void Advance() => _at++;

    /// <summary>Somebody behind the current one is another provider.</summary>
    public bool HasOtherProvider => FindOtherProvider() >= 0;

    /// <summary>Goes on to the next provider; where there is none, to the next target.</summary>
    public void AdvanceToOtherProvider() => _at = FindOtherProvider() is var place and >= 0 ? place : _at + 1;

    /// <summary>Waits for no prompt cache any more: who holds it has no place.</summary>
    public void LeaveCache() => Warm = default;

    /// <summary>Goes on to the next with a larger window.</summary>
    public void AdvanceToLarger() => _at = FindLarger();

    /// <summary>Forgets the last request.</summary>
    public void Clear()
    {
        Route = null;
        _count = _ready = _at = 0;
    }

    /// <summary>The candidate of that number in <see cref="Candidates"/> is asked at some time.</summary>
    public bool Asks(int candidate) => Order.Contains((byte)candidate);

    internal void Begin(Route route, ulong keySeed, in WarmCaches warm)
    {
        Route = route;
        Warm = warm;
        KeySeed = keySeed;
        _count = _ready = _at = 0;
    }

    /// <summary>As many candidates as asked for, at most <see cref="MostTargets"/>; they hold what the last plan left in them.</summary>
    internal Span<Candidate> Begin(int count)
    {
        _count = Math.Min(count, MostTargets);
        if (_count > _candidates.Length)
        {
            Array.Resize(ref _candidates, MostTargets);
        }

        return All;
    }

    internal Span<Candidate> All => _candidates.AsSpan(0, _count);

    internal void Ask(int candidate) => _order[_ready++] = (byte)candidate;

    internal Span<byte> Order => _order.AsSpan(0, _ready);

    private int FindOtherProvider()
    {
        for (var place = _at + 1; place < _ready; place++)
        {
            if (this[place] != Current.Target.Provider)
            {
                return place;
            }
        }

        return -1;
    }

    // An unknown window is taken for a large one.
    private int FindLarger()
    {
        if (!HasCurrent)
        {
            return -1;
        }

        var window = Current.Facts.ContextWindow;
        for (var place = _at + 1; place < _ready; place++)
        {
            var other = _candidates[_order[place]].Facts.ContextWindow;
            if (other > window || (other == 0 && window > 0))
            {
                return place;
            }
        }

        return -1;
    }
}
