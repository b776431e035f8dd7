namespace Gateway.Http.Wire;

/// <summary>A set of the fields the gateway looks at, a bit each; those it does not look at are <see cref="KnownHeader.None"/> together.</summary>
internal readonly record struct FieldSet
{
    private readonly ulong _bits;

    private FieldSet(ulong bits) => _bits = bits;

    /// <summary>What may pass from one connection to another: all but what belongs to a connection or to the framing (RFC 9110 section 7.6.1).</summary>
    public static FieldSet Forwardable => new(Bit(KnownHeader.None) | (ulong.MaxValue << (int)KnownHeaders.FirstForwardable));

    /// <summary>The set of one field.</summary>
    public static FieldSet Of(KnownHeader field) => new(Bit(field));

    /// <summary>What is in either.</summary>
    public static FieldSet operator |(FieldSet one, FieldSet other) => new(one._bits | other._bits);

    /// <summary>What is in both.</summary>
    public static FieldSet operator &(FieldSet one, FieldSet other) => new(one._bits & other._bits);

    /// <summary>Whether the field is in it.</summary>
    public bool Contains(KnownHeader field) => (_bits & Bit(field)) != 0;

    /// <summary>The same with one more.</summary>
    public FieldSet With(KnownHeader field) => new(_bits | Bit(field));

    /// <summary>The same without one.</summary>
    public FieldSet Without(KnownHeader field) => new(_bits & ~Bit(field));

    private static ulong Bit(KnownHeader field) => 1UL << (int)field;
}
