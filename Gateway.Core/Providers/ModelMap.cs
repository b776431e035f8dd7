using System.Text;
using System.Text.Encodings.Web;
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

    /// <summary>The JSON string, quotes included, that takes the place of the client's model; false where it stays. Allocates nothing.</summary>
    /// <param name="model">The client's name, as its bytes stand between the quotes.</param>
    /// <param name="token">Empty with false.</param>
    public bool TryMap(ReadOnlySpan<byte> model, out ReadOnlyMemory<byte> token)
    {
        foreach (var entry in _entries)
        {
            if (entry.Pattern.Matches(model))
            {
                var isOther = !entry.Token.AsSpan(1..^1).SequenceEqual(model);
                token = isOther ? entry.Token : default;
                return isOther;
            }
        }

        token = default;
        return false;
    }

    // Escapes what JSON demands and nothing more, so that the provider reads the name as the operator wrote it.
    internal static byte[] Token(string name) =>
        Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");

    private sealed record Entry(ModelPattern Pattern, byte[] Token);
}
