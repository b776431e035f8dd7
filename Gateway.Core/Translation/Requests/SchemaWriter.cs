namespace Gateway.Core.Translation.Requests;

/// <summary>Writes a tool's input schema the way strict readers of OpenAI's dialect want it: the root is an object, every
/// object has properties, and <c>$schema</c> and <c>$id</c> are gone.</summary>
internal static class SchemaWriter
{
    private enum Position : byte
    {
        Schema,
        List,
        Map,
        Data,
    }

    /// <summary>Writes a schema; one that is missing takes anything.</summary>
    public static void Write(JsonTape tape, int schema, JsonOutput output)
    {
        if (tape.Kind(schema) != TapeKind.Object)
        {
            output.Raw("""{"type":"object","properties":{}}"""u8);
            return;
        }

        output.BeginObject();
        output.Name("type"u8);
        output.Text("object"u8);
        WriteMembers(tape, schema, output, isRoot: true);
        if (tape.Kind(tape.Find(schema, "properties"u8)) == TapeKind.None)
        {
            output.Name("properties"u8);
            output.Raw("{}"u8);
        }

        output.EndObject();
    }

    private static void WriteMembers(JsonTape tape, int schema, JsonOutput output, bool isRoot)
    {
        for (var member = JsonTape.First(schema); member < tape.EndOfMembers(schema); member = tape.Next(member + 1))
        {
            var name = tape.Text(member);
            if (name.SequenceEqual("$schema"u8) || name.SequenceEqual("$id"u8) || (isRoot && name.SequenceEqual("type"u8)))
            {
                continue;
            }

            output.Name(tape.Raw(member));
            Write(tape, member + 1, PositionOf(name), output);
        }
    }

    private static void Write(JsonTape tape, int value, Position position, JsonOutput output)
    {
        switch (position, tape.Kind(value))
        {
            case (Position.Schema, TapeKind.Object):
                WriteSchema(tape, value, output);
                break;
            case (Position.Schema or Position.List, TapeKind.Array):
                WriteList(tape, value, output);
                break;
            case (Position.Map, TapeKind.Object):
                WriteMap(tape, value, output);
                break;
            default:
                output.Raw(tape.RawValue(value));
                break;
        }
    }

    private static void WriteSchema(JsonTape tape, int schema, JsonOutput output)
    {
        output.BeginObject();
        WriteMembers(tape, schema, output, isRoot: false);
        if (IsObject(tape, tape.Find(schema, "type"u8)) && tape.Kind(tape.Find(schema, "properties"u8)) == TapeKind.None)
        {
            output.Name("properties"u8);
            output.Raw("{}"u8);
        }

        output.EndObject();
    }

    // "object", or a list of types with it.
    private static bool IsObject(JsonTape tape, int type)
    {
        var isObject = tape.Is(type, "object"u8);
        for (var item = JsonTape.First(type); !isObject && item < tape.End(type); item = tape.Next(item))
        {
            isObject = tape.Is(item, "object"u8);
        }

        return isObject;
    }

    private static void WriteList(JsonTape tape, int list, JsonOutput output)
    {
        output.BeginArray();
        for (var item = JsonTape.First(list); item < tape.End(list); item = tape.Next(item))
        {
            Write(tape, item, Position.Schema, output);
        }

        output.EndArray();
    }

    // Names in a map are the tool's own: one called $schema stays.
    private static void WriteMap(JsonTape tape, int map, JsonOutput output)
    {
        output.BeginObject();
        for (var member = JsonTape.First(map); member < tape.EndOfMembers(map); member = tape.Next(member + 1))
        {
            output.Name(tape.Raw(member));
            Write(tape, member + 1, Position.Schema, output);
        }

        output.EndObject();
    }

    // JSON Schema 2020-12 and draft 7: where a keyword holds schemas.
    private static Position PositionOf(ReadOnlySpan<byte> keyword)
    {
        if (Is(keyword, "properties"u8, "patternProperties"u8, "$defs"u8)
            || Is(keyword, "definitions"u8, "dependentSchemas"u8))
        {
            return Position.Map;
        }

        if (Is(keyword, "anyOf"u8, "oneOf"u8, "allOf"u8) || keyword.SequenceEqual("prefixItems"u8))
        {
            return Position.List;
        }

        var holdsSchema = Is(keyword, "items"u8, "additionalProperties"u8, "not"u8)
            || Is(keyword, "if"u8, "then"u8, "else"u8)
            || Is(keyword, "contains"u8, "propertyNames"u8, "additionalItems"u8)
            || Is(keyword, "unevaluatedItems"u8, "unevaluatedProperties"u8);
        return holdsSchema ? Position.Schema : Position.Data;
    }

    private static bool Is(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c = default) =>
        keyword.SequenceEqual(a) || keyword.SequenceEqual(b) || (!c.IsEmpty && keyword.SequenceEqual(c));
}
