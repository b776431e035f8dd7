using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Core.Compatibility;

/// <summary>Where a name stands that a provider does not know.</summary>
public enum NamePlace : byte
{
    /// <summary>At the top of the request.</summary>
    Field,

    /// <summary>In a message of the request.</summary>
    MessageField,

    /// <summary>In a tool of the request.</summary>
    ToolField,

    /// <summary>In <c>thinking</c>.</summary>
    ThinkingField,

    /// <summary>In a mark of the prompt cache, wherever one stands.</summary>
    CacheControlField,

    /// <summary>In the field <c>anthropic-beta</c>.</summary>
    Beta,
}

/// <summary>A name that a provider does not know.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">The name; "*" for every beta.</param>
public readonly partial record struct UnknownName(NamePlace Place, string Name)
{
    private const int LongestBody = 4096;

    // What no request can do without.
    private static readonly HashSet<string> Needed = ["model", "messages", "max_tokens", "stream", "system", "tools", "tool_choice", "role", "content", "type", "name", "input_schema", "budget_tokens"];

    /// <summary>Finds the name in a provider's error; null if it names none that can be left out.</summary>
    /// <param name="body">The error's body. Wordings: Anthropic and pydantic, FastAPI, OpenAI, serde, Go's decoder, zod, JSON schema, Bedrock.</param>
    public static UnknownName? Find(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestBody)])
            .Replace("\\u0022", "\"", StringComparison.Ordinal)
            .Replace("\\u0027", "'", StringComparison.Ordinal);
        if (BetaNamed().Match(text) is { Success: true } beta)
        {
            return new UnknownName(NamePlace.Beta, beta.Groups["name"].Value);
        }

        if (text.Contains("invalid beta flag", StringComparison.OrdinalIgnoreCase))
        {
            return new UnknownName(NamePlace.Beta, "*");
        }

        return PathNamed().Match(text) is { Success: true } path ? AtPath(path.Groups["path"].Value.Split('.'))
            : ListNamed().Match(text) is { Success: true } list ? AtPath(list.Groups["path"].Value.Split(','))
            : FieldNamed().Match(text) is { Success: true } field ? Leave(NamePlace.Field, field.Groups["name"].Value)
            : null;
    }

    // "tools.3.custom.defer_loading": numbers are places in lists, and a type's own name may stand in between.
    private static UnknownName? AtPath(string[] written)
    {
        string[] path = [.. written.Select(static step => step.Trim(' ', '\'', '"', '\\')).SkipWhile(static step => step == "body")];
        if (Array.IndexOf(path, "cache_control") is var mark and >= 0 && mark < path.Length - 1)
        {
            return Leave(NamePlace.CacheControlField, path[^1]);
        }

        return path switch
        {
            ["messages", _, var name] => Leave(NamePlace.MessageField, name),
            ["tools", _, var name] => Leave(NamePlace.ToolField, name),
            ["tools", _, "custom", var name] => Leave(NamePlace.ToolField, name),
            ["thinking", var name] => Leave(NamePlace.ThinkingField, name),
            ["thinking", "enabled" or "adaptive" or "disabled", var name] => Leave(NamePlace.ThinkingField, name),
            ["messages" or "tools" or "system", _, ..] => null,
            [var name, ..] => Leave(NamePlace.Field, name),
            _ => null,
        };
    }

    private static UnknownName? Leave(NamePlace place, string name) => Needed.Contains(name) || !Plain().IsMatch(name) ? null : new UnknownName(place, name);

    [GeneratedRegex(@"[Uu]nexpected value\(s\):? [`'\\""]*(?<name>[a-z0-9][a-z0-9-]{2,63})[`'\\""]* for the [`'\\""]*anthropic-beta")]
    private static partial Regex BetaNamed();

    [GeneratedRegex(@"(?<![\w.])(?<path>[a-z_]{2,40}(\.\w{1,40}){0,12}): ?[Ee]xtra (inputs|fields) (are )?not permitted")]
    private static partial Regex PathNamed();

    // FastAPI's list of errors, as JSON or as Python writes it.
    [GeneratedRegex(@"extra_forbidden.{0,40}?loc[`'\\""]* ?: ?[\[(](?<path>[^\])]{1,200})[\])]", RegexOptions.Singleline)]
    private static partial Regex ListNamed();

    [GeneratedRegex(
        @"[Uu]n(known|recognized|supported|expected) (request argument supplied|field|parameter|argument|key(\(s\) in object)?):? *[`'\\""]*(?<name>[a-z_]{2,40})"
        + @"|[Aa]dditional properties are not allowed \([`'\\""]*(?<name>[a-z_]{2,40})")]
    private static partial Regex FieldNamed();

    [GeneratedRegex("^[a-z_]{2,40}$")]
    private static partial Regex Plain();
}
