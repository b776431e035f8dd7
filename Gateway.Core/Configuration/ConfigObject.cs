using System.Globalization;
using System.Text.Json;

namespace Gateway.Core.Configuration;

/// <summary>One JSON object of the configuration: fields are asked for by name, and what nobody asked for is an error.</summary>
internal sealed class ConfigObject(JsonElement json, string path, List<ConfigError> errors)
{
    private readonly List<string> _known = [];

    /// <summary>Where it stands.</summary>
    public string Path => path;

    /// <summary>The text of a field.</summary>
    public string? Text(string name, string? fallback = null) => Read(name, JsonValueKind.String, "a string") is { } value ? value.GetString() : fallback;

    /// <summary>A text that must not be empty.</summary>
    public string RequiredText(string name)
    {
        var text = Text(name);
        if (string.IsNullOrEmpty(text))
        {
            ReportMissing(name, "a string");
        }

        return text ?? "";
    }

    /// <summary>One of several words.</summary>
    public string Word(string name, string fallback, params ReadOnlySpan<string> words)
    {
        var text = Text(name, fallback)!;
        if (words.Contains(text))
        {
            return text;
        }

        Report(name, Quote(text), "one of " + string.Join(", ", words.ToArray()));
        return fallback;
    }

    /// <summary>A whole number in a range.</summary>
    public int Number(string name, int fallback, int least, int most)
    {
        if (Read(name, JsonValueKind.Number, "a number") is not { } value)
        {
            return fallback;
        }

        if (value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Report(name, value.GetRawText(), string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return fallback;
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool fallback)
    {
        if (Find(name) is not { } value)
        {
            return fallback;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Report(name, Describe(value), "true or false");
        return fallback;
    }

    /// <summary>A list of texts.</summary>
    public List<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var (item, at) in Items(name))
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text)
            {
                texts.Add(text);
            }
            else
            {
                errors.Add(new ConfigError(at, Describe(item), "a string"));
            }
        }

        return texts;
    }

    /// <summary>Objects in a list.</summary>
    public IEnumerable<ConfigObject> Objects(string name)
    {
        foreach (var (item, at) in Items(name))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                yield return new ConfigObject(item, at, errors);
            }
            else
            {
                errors.Add(new ConfigError(at, Describe(item), "an object"));
            }
        }
    }

    /// <summary>An object in a field; an empty one if it is not there.</summary>
    public ConfigObject Object(string name)
    {
        var value = Read(name, JsonValueKind.Object, "an object") ?? JsonDocument.Parse("{}").RootElement;
        return new ConfigObject(value, $"{path}.{name}", errors);
    }

    /// <summary>All members, for objects whose names the operator chooses.</summary>
    public IEnumerable<(string Name, JsonElement Value, string Path)> Members()
    {
        foreach (var member in json.EnumerateObject())
        {
            _known.Add(member.Name);
            yield return (member.Name, member.Value, $"{path}.{member.Name}");
        }
    }

    /// <summary>An absolute http or https URL.</summary>
    public Uri? Url(string name, string? fallback = null)
    {
        var text = Text(name, fallback);
        if (text is null)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0
            && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0)
        {
            return url;
        }

        Report(name, Quote(text), "an http or https URL without query, fragment or credentials, such as https://api.anthropic.com");
        return null;
    }

    /// <summary>There is an error about a field.</summary>
    public bool HasErrorAt(string name) => errors.Exists(error => error.Path == $"{path}.{name}");

    /// <summary>Adds an error about a field.</summary>
    public void Report(string name, string found, string expected) => errors.Add(new ConfigError($"{path}.{name}", found, expected));

    /// <summary>Adds an error about a field unless there is one already.</summary>
    public void ReportOnce(string name, string found, string expected)
    {
        if (!HasErrorAt(name))
        {
            Report(name, found, expected);
        }
    }

    /// <summary>Adds an error about a field that is not there.</summary>
    public void ReportMissing(string name, string expected) => ReportOnce(name, "nothing", expected);

    /// <summary>Reports every member that nobody has asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var member in json.EnumerateObject())
        {
            if (!_known.Contains(member.Name) && !member.Name.StartsWith('$'))
            {
                Report(member.Name, "an unknown field", $"{Spelling.Nearest(member.Name, _known)}");
            }
        }
    }

    internal static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText(),
    };

    // Never more than a glimpse: what stands in a wrong place may be a key.
    private static string Quote(string text) => text.Length <= 40 ? $"\"{text}\"" : $"\"{text[..12]}...\" ({text.Length} characters)";

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private JsonElement? Read(string name, JsonValueKind kind, string expected)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        Report(name, Describe(value), expected);
        return null;
    }

    private IEnumerable<(JsonElement Item, string Path)> Items(string name)
    {
        if (Read(name, JsonValueKind.Array, "a list") is not { } list)
        {
            yield break;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            yield return (item, string.Create(CultureInfo.InvariantCulture, $"{path}.{name}[{index++}]"));
        }
    }
}
