namespace Gateway.Core.Translation.Requests;

/// <summary>Writes the form an answer must have. The schema is the client's contract and is never rewritten.</summary>
internal sealed class FormatWriter(TranslationContext context)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;

    /// <summary>The schema asked for, or none.</summary>
    public int Schema
    {
        get
        {
            var format = _tape.Find(_tape.Find(JsonTape.Root, "output_config"u8), "format"u8);
            if (_tape.Kind(format) != TapeKind.Object)
            {
                format = _tape.Find(JsonTape.Root, "output_format"u8); // the older name
            }

            return _tape.Is(_tape.Find(format, "type"u8), "json_schema"u8) ? _tape.Find(format, "schema"u8) : JsonTape.None;
        }
    }

    /// <summary>The schema, if the prompt has to tell it; else none.</summary>
    public int SchemaForPrompt => context.Profile.StructuredOutputs == StructuredOutputs.JsonObject ? Schema : JsonTape.None;

    /// <summary>Writes <c>response_format</c>, or <c>text</c> in Responses.</summary>
    public void Write()
    {
        var schema = Schema;
        if (_tape.Kind(schema) != TapeKind.Object)
        {
            return;
        }

        if (context.Profile.StructuredOutputs == StructuredOutputs.None)
        {
            context.Dropped.Add("output_config.format"u8);
            return;
        }

        if (context.IsChat)
        {
            _output.Name("response_format"u8);
        }
        else
        {
            _output.Name("text"u8);
            _output.BeginObject();
            _output.Name("format"u8);
        }

        WriteFormat(schema);
        if (!context.IsChat)
        {
            _output.EndObject();
        }
    }

    private void WriteFormat(int schema)
    {
        if (context.Profile.StructuredOutputs == StructuredOutputs.JsonObject)
        {
            _output.Raw("""{"type":"json_object"}"""u8);
            return;
        }

        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("json_schema"u8);
        if (context.IsChat)
        {
            _output.Name("json_schema"u8);
            _output.BeginObject();
        }

        WriteSchema(schema);
        if (context.IsChat)
        {
            _output.EndObject();
        }

        _output.EndObject();
    }

    private void WriteSchema(int schema)
    {
        _output.Name("name"u8);
        _output.Text("structured_output"u8);
        _output.Name("schema"u8);
        _output.Raw(_tape.Raw(schema));
        if (StrictSubset.Fits(_tape, schema))
        {
            _output.Name("strict"u8);
            _output.Flag(true);
        }
    }
}
