namespace Gateway.Tests.Support;

/// <summary>A head as it came: its first line and its fields in order, names in lower case.</summary>
internal sealed class MessageHead
{
    public MessageHead(string text)
    {
        var lines = text.TrimEnd('\r', '\n').Split("\r\n");
        Text = text;
        FirstLine = lines[0];
        Fields = [.. lines.Skip(1).Select(Split)];
    }

    /// <summary>All of it.</summary>
    public string Text { get; }

    /// <summary>The request line or the status line.</summary>
    public string FirstLine { get; }

    /// <summary>Names and values.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; }

    /// <summary>The only value of a field; null without one.</summary>
    public string? this[string name] => Fields.SingleOrDefault(field => field.Name == name).Value;

    /// <summary>There is such a field.</summary>
    public bool Has(string name) => Fields.Any(field => field.Name == name);

    // As strict as the strictest peer: a gateway that sends anything else is wrong, though many readers would guess.
    private static (string Name, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || line.AsSpan(0, colon).ContainsAny(" \t") || line.AsSpan().ContainsAny("\r\n\0"))
        {
            throw new FormatException($"not a field line: '{line}'");
        }

        return (line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim(' '));
    }
}
