namespace Gateway.Core.Translation.Requests;

/// <summary>Whether a schema lies within the part of JSON Schema that OpenAI's strict mode takes; in doubt it does not.
/// Source: platform.openai.com/docs/guides/structured-outputs, "Supported schemas".</summary>
internal static class StrictSubset
{
    // Also the bound of the search below, which is quadratic.
    private const int MostProperties = 500;

    /// <summary>Judges a schema from its root.</summary>
    public static bool Fits(JsonTape tape, int schema) =>
        tape.Is(tape.Find(schema, "type"u8), "object"u8) && FitsSchema(tape, schema);

    private static bool FitsSchema(JsonTape tape, int schema)
    {
        if (tape.Kind(schema) != TapeKind.Object)
        {
            return false;
        }

        for (var member = JsonTape.First(schema); member < tape.EndOfMembers(schema); member = tape.Next(member + 1))
        {
            if (!FitsKeyword(tape, tape.Text(member), member + 1))
            {
                return false;
            }
        }

        var isObject = tape.Is(tape.Find(schema, "type"u8), "object"u8);
        return !isObject || IsClosed(tape, schema);
    }

    private static bool FitsKeyword(JsonTape tape, ReadOnlySpan<byte> keyword, int value) => keyword switch
    {
        _ when keyword.SequenceEqual("properties"u8) || keyword.SequenceEqual("$defs"u8) || keyword.SequenceEqual("definitions"u8) => FitsMap(tape, value),
        _ when keyword.SequenceEqual("anyOf"u8) => FitsList(tape, value),
        _ when keyword.SequenceEqual("items"u8) => FitsSchema(tape, value),
        _ => IsHarmless(keyword),
    };

    private static bool IsHarmless(ReadOnlySpan<byte> keyword) =>
        keyword.SequenceEqual("type"u8) || keyword.SequenceEqual("required"u8) || keyword.SequenceEqual("additionalProperties"u8)
        || keyword.SequenceEqual("enum"u8) || keyword.SequenceEqual("const"u8) || keyword.SequenceEqual("$ref"u8)
        || keyword.SequenceEqual("description"u8) || keyword.SequenceEqual("title"u8) || keyword.SequenceEqual("$schema"u8)
        || keyword.SequenceEqual("pattern"u8) || keyword.SequenceEqual("format"u8)
        || keyword.SequenceEqual("minimum"u8) || keyword.SequenceEqual("maximum"u8)
        || keyword.SequenceEqual("minItems"u8) || keyword.SequenceEqual("maxItems"u8);

    private static bool FitsMap(JsonTape tape, int map)
    {
        var fits = tape.Kind(map) == TapeKind.Object;
        for (var member = JsonTape.First(map); fits && member < tape.EndOfMembers(map); member = tape.Next(member + 1))
        {
            fits = FitsSchema(tape, member + 1);
        }

        return fits;
    }

    private static bool FitsList(JsonTape tape, int list)
    {
        var fits = tape.Kind(list) == TapeKind.Array;
        for (var item = JsonTape.First(list); fits && item < tape.End(list); item = tape.Next(item))
        {
            fits = FitsSchema(tape, item);
        }

        return fits;
    }

    // Nothing may be added, and nothing may be left out.
    private static bool IsClosed(JsonTape tape, int schema)
    {
        if (tape.Kind(tape.Find(schema, "additionalProperties"u8)) != TapeKind.False)
        {
            return false;
        }

        var properties = tape.Find(schema, "properties"u8);
        var required = tape.Find(schema, "required"u8);
        var count = 0;
        for (var member = JsonTape.First(properties); member < tape.EndOfMembers(properties); member = tape.Next(member + 1))
        {
            if (++count > MostProperties || !Lists(tape, required, tape.Raw(member)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Lists(JsonTape tape, int required, ReadOnlySpan<byte> name)
    {
        var count = 0;
        for (var item = JsonTape.First(required); item < tape.End(required) && ++count <= MostProperties; item = tape.Next(item))
        {
            if (tape.Raw(item).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}
