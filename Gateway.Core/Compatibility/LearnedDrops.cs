using System.Text;

namespace Gateway.Core.Compatibility;

/// <summary>What a provider was found not to know, for one of its models. Immutable.</summary>
public sealed class LearnedDrops
{
    private readonly UnknownName[] _names;

    internal LearnedDrops(UnknownName[] names)
    {
        _names = names;
        Fields = [.. names.Where(name => name.Place == NamePlace.Field).Select(name => Encoding.UTF8.GetBytes(name.Name))];
        MessageFields = [.. names.Where(name => name.Place == NamePlace.MessageField).Select(name => Encoding.UTF8.GetBytes(name.Name))];
        Betas = [.. names.Where(name => name.Place == NamePlace.Beta).Select(name => Encoding.UTF8.GetBytes(name.Name))];
    }

    /// <summary>Nothing to leave out.</summary>
    public static LearnedDrops None { get; } = new([]);

    /// <summary>All names.</summary>
    public IReadOnlyList<UnknownName> Names => _names;

    /// <summary>Fields at the top of the request.</summary>
    public IReadOnlyList<byte[]> Fields { get; }

    /// <summary>Fields of its messages.</summary>
    public IReadOnlyList<byte[]> MessageFields { get; }

    /// <summary>Betas, whole or as beginnings that end in a hyphen; "*" for all.</summary>
    public IReadOnlyList<byte[]> Betas { get; }

    /// <summary>The body has to be changed.</summary>
    public bool TouchesBody => Fields.Count + MessageFields.Count > 0;

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
