using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Gateway.Core.Relay;

/// <summary>Hashes of the signatures in an answer, kept in place. Answers have one or a few; of those beyond the room nothing is known.</summary>
internal struct SignatureList
{
    private Storage _hashes;
    private int _count;

    /// <summary>The hashes, in order.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<ulong> Span => ((ReadOnlySpan<ulong>)_hashes)[.._count];

    /// <summary>Forgets them.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds one.</summary>
    public void Add(ulong hash)
    {
        if (_count < Storage.Capacity)
        {
            _hashes[_count++] = hash;
        }
    }

    /// <summary>Adds all of another list.</summary>
    public void Add(in SignatureList others)
    {
        foreach (var hash in others.Span)
        {
            Add(hash);
        }
    }

    [InlineArray(Capacity)]
    private struct Storage
    {
        public const int Capacity = 32;

        private ulong _first;
    }
}
