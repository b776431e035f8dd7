using System.Collections;

namespace Gateway.Core.Schema;

/// <summary>All fields of one section of the file. It drives the reader, the errors and the reference.</summary>
/// <typeparam name="TSection">The record that it fills; its own defaults are the defaults.</typeparam>
internal sealed class ConfigTable<TSection> : IEnumerable<ConfigField<TSection>>
{
    private readonly List<ConfigField<TSection>> _fields = [];

    public void Add<TValue>(
        string name, ConfigKind<TValue> kind, Func<TSection, TValue> get, Func<TSection, TValue, TSection> set, string meaning) =>
        _fields.Add(new ConfigField<TSection, TValue>(name, kind, get, set, meaning));

    /// <summary>Takes in the fields of a table that has grown out of this one.</summary>
    public void Add(ConfigTable<TSection> others) => _fields.AddRange(others._fields);

    /// <summary>Reads an object field by field. Unknown and doubled fields are errors.</summary>
    public TSection Read(ConfigValue value, TSection section)
    {
        if (!value.IsObject)
        {
            value.Refuse("an object");
            return section;
        }

        foreach (var (name, member) in value.Members())
        {
            if (_fields.Find(field => field.Name == name) is { } field)
            {
                section = field.Read(member, section);
            }
            else
            {
                member.Refuse("an unknown field", Spelling.Nearest(name, [.. _fields.Select(known => known.Name)]));
            }
        }

        return section;
    }

    public IEnumerator<ConfigField<TSection>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
