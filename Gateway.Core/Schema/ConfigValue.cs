using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>A place in the file: what stands there, if anything does, and how to complain about it.</summary>
/// <param name="report">Takes the complaints.</param>
/// <param name="json">What stands there; undefined for nothing.</param>
/// <param name="path">Its JSON path.</param>
/// <param name="offset">Where in the file it begins, or would.</param>
internal sealed class ConfigValue(ConfigReport report, JsonElement json, string path, int offset)
{
    public JsonElement Json => json;

    public ConfigReport Report => report;

    public bool IsObject => json.ValueKind == JsonValueKind.Object;

    public bool IsPresent => json.ValueKind != JsonValueKind.Undefined;

    public bool HasError => report.HasErrorAt(path);

    /// <summary>The field of this name; a place without a value if there is none.</summary>
    public ConfigValue Field(string name)
    {
        var found = IsObject ? Members(isSilent: true).FirstOrDefault(member => member.Name == name) : default;
        return found.Value ?? new ConfigValue(report, default, PathTo(name), offset);
    }

    /// <summary>The members in order; complains of each name that comes again.</summary>
    public IEnumerable<(string Name, ConfigValue Value)> Members() => Members(isSilent: false);

    /// <summary>The items in order.</summary>
    public IEnumerable<ConfigValue> Items()
    {
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            var place = JsonPath.Item(path, index++);
            yield return new ConfigValue(report, item, place, report.OffsetOf(JsonMarshal.GetRawUtf8Value(item)));
        }
    }

    /// <summary>Complains of what stands here.</summary>
    public void Refuse(string found, string expected) => report.Refuse(path, offset, found, expected);

    /// <summary>Complains of what stands here by showing a glimpse of it.</summary>
    public void Refuse(string expected) => Refuse(Glimpse.Of(json), expected);

    /// <summary>Complains unless there was a complaint about this place already.</summary>
    public void RefuseOnce(string found, string expected)
    {
        if (!HasError)
        {
            Refuse(found, expected);
        }
    }

    /// <summary>Remarks on something odd that serves all the same.</summary>
    public void Warn(string remark) => report.Warnings.Add($"{path} {remark}");

    private IEnumerable<(string Name, ConfigValue Value)> Members(bool isSilent)
    {
        var seen = new HashSet<string>();
        foreach (var member in json.EnumerateObject())
        {
            var place = new ConfigValue(report, member.Value, PathTo(member.Name), OffsetOf(member));
            if (seen.Add(member.Name))
            {
                yield return (member.Name, place);
            }
            else if (!isSilent)
            {
                place.Refuse("it for the second time", "each name once");
            }
        }
    }

    // At the quote before the name; an empty name is no piece of the file, so its value stands for it.
    private int OffsetOf(JsonProperty member)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(member);
        return name.IsEmpty ? report.OffsetOf(JsonMarshal.GetRawUtf8Value(member.Value)) : report.OffsetOf(name) - 1;
    }

    private string PathTo(string name) => JsonPath.Member(path, name);
}
