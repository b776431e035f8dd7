namespace Gateway.Core.Schema;

/// <summary>What may stand in a field.</summary>
/// <typeparam name="TValue">What it means to the gateway.</typeparam>
internal abstract class ConfigKind<TValue>
{
    /// <summary>In words, as errors and the reference say it: "a whole number from 0 to 65535".</summary>
    public abstract string Expected { get; }

    /// <summary>Reads a value; where it is none of this kind, complains and returns false.</summary>
    public abstract bool TryRead(ConfigValue value, out TValue result);

    /// <summary>Writes a value as it would stand in the file.</summary>
    public abstract string Show(TValue value);
}
