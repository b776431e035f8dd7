namespace Gateway.Core.Schema;

/// <summary>One row of a table: a field's name, what may stand in it, and what it means.</summary>
/// <typeparam name="TSection">The record that the table fills.</typeparam>
internal abstract class ConfigField<TSection>(string name, string meaning)
{
    public string Name => name;

    public string Meaning => meaning;

    /// <summary>What may stand in it, in words.</summary>
    public abstract string Expected { get; }

    /// <summary>What an untouched section has there, as it would stand in the file.</summary>
    public abstract string Default(TSection untouched);

    /// <summary>The section with this field set; the section as it was if the value is refused.</summary>
    public abstract TSection Read(ConfigValue value, TSection section);
}

/// <summary>A row with its type: how the value gets into the record and out of it.</summary>
internal sealed class ConfigField<TSection, TValue>(
    string name, ConfigKind<TValue> kind, Func<TSection, TValue> get, Func<TSection, TValue, TSection> set, string meaning)
    : ConfigField<TSection>(name, meaning)
{
    public override string Expected => kind.Expected;

    public override string Default(TSection untouched) => kind.Show(get(untouched));

    public override TSection Read(ConfigValue value, TSection section) =>
        kind.TryRead(value, out var result) ? set(section, result) : section;
}
