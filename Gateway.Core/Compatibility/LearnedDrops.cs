using System.Text;

namespace Gateway.Core.Compatibility;

/// <summary>What a provider was found not to know, for one of its models. Immutable.</summary>
public sealed class LearnedDrops
{
    private readonly UnknownName[] _names;

    internal LearnedDrops(UnknownName[] names)
    {
        _names = names;
        Fields = In(NamePlace.Field);
        MessageFields = In(NamePlace.MessageField);
        ToolFields = In(NamePlace.ToolField);
        ThinkingFields = In(NamePlace.ThinkingField);
        CacheControlFields = In(NamePlace.CacheControlField);
        Betas = In(NamePlace.Beta);
    }

    /// <summary>Nothing to leave out.</summary>
    public static LearnedDrops None { get; } = new([]);

    /// <summary>All names.</summary>
    public IReadOnlyList<UnknownName> Names => _names;

    /// <summary>Fields at the top of the request.</summary>
    public IReadOnlyList<byte[]> Fields { get; }

    /// <summary>Fields of its messages.</summary>
    public IReadOnlyList<byte[]> MessageFields { get; }

    /// <summary>Fields of its tools.</summary>
    public IReadOnlyList<byte[]> ToolFields { get; }

    /// <summary>Fields of <c>thinking</c>.</summary>
    public IReadOnlyList<byte[]> ThinkingFields { get; }

    /// <summary>Fields of marks of the prompt cache.</summary>
    public IReadOnlyList<byte[]> CacheControlFields { get; }

    /// <summary>Betas, whole or as beginnings that end in a hyphen; "*" for all.</summary>
    public IReadOnlyList<byte[]> Betas { get; }

    /// <summary>The body has to be changed.</summary>
    public bool TouchesBody => Betas.Count < _names.Length;

    /// <summary>A beta is to be left out.</summary>
    public bool DropsBeta(ReadOnlySpan<byte> beta)
    {
        foreach (var known in Betas)
        {
            if (known is [(byte)'*'] || beta.SequenceEqual(known) || (known is [.., (byte)'-'] && beta.StartsWith(known)))
            {
                return true;
            }
        }

        return false;
    }

    private byte[][] In(NamePlace place) => [.. _names.Where(name => name.Place == place).Select(name => Encoding.UTF8.GetBytes(name.Name))];

    internal LearnedDrops? With(UnknownName name)
    {
        if (_names.Contains(name))
        {
            return null;
        }

        var pairs = name.Place == NamePlace.Beta
            ? BetaPairs.FieldOf(name.Name) is { } field ? [field] : (IEnumerable<UnknownName>)[]
            : BetaPairs.BetasOf(name).Select(beta => new UnknownName(NamePlace.Beta, beta));
        return new LearnedDrops([.. _names.Append(name).Concat(pairs).Distinct()]);
    }
}
