using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>What may stand in a field.</summary>
/// <typeparam name="TValue">What it means to the gateway.</typeparam>
internal abstract class ConfigKind<TValue>
{
    /// <summary>In words, as errors and the reference say it: "a whole number from 0 to 65535".</summary>
    public abstract string Expected { get; }

    /// <summary>Reads a value; where it is none of this kind, complains and returns false.</summary>
    public abstract bool TryRead(ConfigValue value, out TValue result);

    /// <summary>Shows a value as it would stand in the file; of a section only that it is one.</summary>
    public abstract string Show(TValue value);

    /// <summary>Writes a value as it would stand in the file, whole.</summary>
    public abstract void Write(ConfigWriter writer, TValue value);

    /// <summary>Says in the words of JSON Schema what may stand there: members of an object that is open.</summary>
    public abstract void Describe(Utf8JsonWriter schema);

    /// <summary>The words that may stand there; empty where it is not a matter of words.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>What a text from outside JSON means, such as that of an environment variable.</summary>
    public virtual JsonElement FromText(string text) => BareText.Quoted(text);
}
