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
    private static readonly HashSet<string> Needed = ["model", "messages", "max_tokens", "stream", "system", "tools", "tool_choice", "role", "content"];

    /// <summary>Finds the name in a provider's error; null if it names none that can be left out.</summary>
    /// <param name="body">The error's body. Wordings: Anthropic and pydantic, OpenAI, serde, Go's decoder, Bedrock.</param>
    public static UnknownName? Find(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestBody)]);
        if (BetaNamed().Match(text) is { Success: true } beta)
        {
            return new UnknownName(NamePlace.Beta, beta.Groups["name"].Value);
        }

        if (text.Contains("invalid beta flag", StringComparison.OrdinalIgnoreCase))
        {
            return new UnknownName(NamePlace.Beta, "*");
        }

        if (MessageFieldNamed().Match(text) is { Success: true } inMessage)
        {
            return Leave(NamePlace.MessageField, inMessage.Groups["name"].Value);
        }

        return FieldNamed().Match(text) is { Success: true } field ? Leave(NamePlace.Field, field.Groups["name"].Value) : null;
    }

    private static UnknownName? Leave(NamePlace place, string name) => Needed.Contains(name) ? null : new UnknownName(place, name);

    [GeneratedRegex(@"[Uu]nexpected value\(s\):? [`'\\""]*(?<name>[a-z0-9][a-z0-9-]{2,63})[`'\\""]* for the [`'\\""]*anthropic-beta")]
    private static partial Regex BetaNamed();

    [GeneratedRegex(@"messages\.\d+\.(?<name>[a-z_]{2,40}): ?[Ee]xtra (inputs|fields) (are )?not permitted")]
    private static partial Regex MessageFieldNamed();

    [GeneratedRegex(
        @"(?<![\w.])(?<name>[a-z_]{2,40})(\.[\w.]+)?: ?[Ee]xtra (inputs|fields) (are )?not permitted"
        + @"|[Uu]n(known|recognized|supported|expected) (request argument supplied|field|parameter|argument|key):? *[`'\\""]*(?<name>[a-z_]{2,40})")]
    private static partial Regex FieldNamed();
}
