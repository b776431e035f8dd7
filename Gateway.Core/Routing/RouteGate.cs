using System.Buffers.Binary;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;

namespace Gateway.Core.Routing;

/// <summary>As much of a route's conditions as a few numbers can tell, side by side for all routes: most are passed over without a look at the route itself. Immutable.</summary>
internal readonly struct RouteGate
{
    private readonly uint _kinds;
    private readonly RequestNeeds _needs;
    private readonly long _minTokens;
    private readonly long _maxTokens;
    private readonly ulong _modelBegins;
    private readonly ulong _modelMask;

    /// <summary>From what the operator wrote.</summary>
    public RouteGate(RouteConditions when)
    {
        _kinds = when.Kinds.Count == 0 ? uint.MaxValue : when.Kinds.Aggregate(0u, (all, kind) => all | MaskOf(kind));
        _needs = when.Needs.Aggregate(RequestNeeds.None, (all, need) => all | need);
        _minTokens = when.MinInputTokens;
        _maxTokens = when.MaxInputTokens == 0 ? long.MaxValue : when.MaxInputTokens;
        (_modelBegins, _modelMask) = CommonBeginning(when.Models);
    }

    /// <summary>False if the route can't take the request.</summary>
    /// <param name="traits">What the request is and needs.</param>
    /// <param name="modelBegins">The beginning of its model's name, by <see cref="BeginningOf"/>.</param>
    public bool Admits(in RequestTraits traits, ulong modelBegins) =>
        ((modelBegins ^ _modelBegins) & _modelMask) == 0
        && (_kinds & MaskOf(traits.Kind)) != 0
        && (traits.Needs & _needs) == _needs
        && traits.InputTokens >= _minTokens
        && traits.InputTokens <= _maxTokens;

    /// <summary>The first eight bytes of a name, zeros behind a shorter one.</summary>
    public static ulong BeginningOf(ReadOnlySpan<byte> model)
    {
        if (model.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(model);
        }

        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        model.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64LittleEndian(padded);
    }

    private static uint MaskOf(RequestKind kind) => 1u << (int)kind;

    // What all patterns begin with alike; the mask says how much of it there is.
    private static (ulong Begins, ulong Mask) CommonBeginning(IReadOnlyList<string> models)
    {
        if (models.Count == 0)
        {
            return default;
        }

        var texts = models.Select(model => new ModelPattern(model)).ToArray();
        var first = texts[0].Text;
        var length = Math.Min(first.Length, sizeof(ulong));
        foreach (var other in texts)
        {
            length = Math.Min(length, first.CommonPrefixLength(other.Text));
        }

        var mask = length == sizeof(ulong) ? ulong.MaxValue : (1ul << (8 * length)) - 1;
        return (BeginningOf(first) & mask, mask);
    }
}
