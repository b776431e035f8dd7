using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>One of several words.</summary>
/// <param name="words">Each word and its meaning.</param>
/// <param name="note">Added to the words where they are listed.</param>
internal sealed class WordKind<TValue>((string Word, TValue Meaning)[] words, string note = "") : ConfigKind<TValue>
{
    public override string Expected => $"{(words.Length == 1 ? "" : "one of ")}{string.Join(", ", words.Select(word => word.Word))}{note}";

    public override bool TryRead(ConfigValue value, out TValue result)
    {
        var text = value.Json.ValueKind == JsonValueKind.String ? value.Json.GetString() : null;
        var index = Array.FindIndex(words, word => word.Word == text);
        result = words[Math.Max(index, 0)].Meaning;
        if (index >= 0)
        {
            return true;
        }

        value.Refuse(Expected);
        return false;
    }

    public override string Show(TValue value) =>
        Of(value) is { } word ? $"\"{word}\"" : "none";

    public override void Write(ConfigWriter writer, TValue value) => writer.Json.WriteStringValue(Of(value));

    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("enum"u8);
        foreach (var (word, _) in words)
        {
            schema.WriteStringValue(word);
        }

        schema.WriteEndArray();
    }

    public override IReadOnlyList<string> Words => [.. words.Select(word => word.Word)];

    private string? Of(TValue value) => Array.Find(words, word => EqualityComparer<TValue>.Default.Equals(word.Meaning, value)).Word;
}
