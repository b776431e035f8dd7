using System.Text;
using System.Text.Json;

namespace Gateway.Core.Providers;

/// <summary>From the client's model names to a provider's, ready to be spliced into a body. Immutable.</summary>
public sealed class ModelMap
{
    private readonly Entry[] _entries;

    /// <summary>From the written pairs; exact names win over prefixes, longer prefixes over shorter ones.</summary>
    public ModelMap(IEnumerable<KeyValuePair<string, string>> pairs) =>
        _entries = [.. pairs
            .Select(pair => new Entry(new ModelPattern(pair.Key), Token(pair.Value)))
            .OrderBy(entry => entry.Pattern.IsPrefix)
            .ThenByDescending(entry => entry.Pattern.Text.Length)];

    /// <summary>The JSON string, quotes included, that takes the place of the client's model; false where it stays.</summary>
    public bool TryMap(ReadOnlySpan<byte> model, out ReadOnlySpan<byte> token)
    {
        foreach (var entry in _entries)
        {
            if (entry.Pattern.Matches(model))
            {
                token = entry.Token;
                return true;
            }
        }

        token = default;
        return false;
    }

    private static byte[] Token(string name) => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name)}\"");

    private sealed record Entry(ModelPattern Pattern, byte[] Token);
}
