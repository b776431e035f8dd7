namespace Gateway.Core.Translation.Requests;

/// <summary>Writes the tools and which of them must be used.</summary>
internal sealed class ToolWriter(TranslationContext context, ToolCatalog catalog)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;

    /// <summary>Writes <c>tools</c>, <c>tool_choice</c> and <c>parallel_tool_calls</c>; nothing without a tool.</summary>
    public void Write(ToolNames names)
    {
        if (catalog.Offered.Count == 0)
        {
            return;
        }

        _output.Name("tools"u8);
        _output.BeginArray();
        foreach (var tool in catalog.Offered)
        {
            WriteTool(tool);
        }

        _output.EndArray();
        WriteChoice(_tape.Find(JsonTape.Root, "tool_choice"u8), names);
    }

    private void WriteTool(int tool)
    {
        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("function"u8);
        if (context.IsChat)
        {
            _output.Name("function"u8);
            _output.BeginObject();
        }

        WriteFunction(tool);
        if (context.IsChat)
        {
            _output.EndObject();
        }

        _output.EndObject();
    }

    private void WriteFunction(int tool)
    {
        var type = _tape.Raw(_tape.Find(tool, "type"u8));
        var schema = _tape.Find(tool, "input_schema"u8);
        var isBuiltIn = _tape.Kind(schema) != TapeKind.Object && BuiltInTools.Has(type);
        _output.Name("name"u8);
        context.WriteToolName(_tape.Find(tool, "name"u8));
        var description = _tape.Find(tool, "description"u8);
        if (isBuiltIn || _tape.HasText(description))
        {
            _output.Name("description"u8);
            _output.Text(isBuiltIn ? BuiltInTools.Description(type) : _tape.Raw(description));
        }

        _output.Name("parameters"u8);
        if (isBuiltIn)
        {
            _output.Raw(BuiltInTools.Parameters(type));
        }
        else
        {
            SchemaWriter.Write(_tape, schema, _output);
        }

        WriteStrict(tool, schema);
    }

    // Responses takes a function as strict unless told otherwise; Chat Completions the other way round.
    private void WriteStrict(int tool, int schema)
    {
        var isStrict = context.Profile.StrictTools && _tape.Kind(_tape.Find(tool, "strict"u8)) == TapeKind.True
            && StrictSubset.Fits(_tape, schema);
        if (isStrict || !context.IsChat)
        {
            _output.Name("strict"u8);
            _output.Flag(isStrict);
        }
    }

    private void WriteChoice(int choice, ToolNames names)
    {
        var type = _tape.Find(choice, "type"u8);
        var isNamed = _tape.Is(type, "tool"u8);
        var isForced = isNamed || _tape.Is(type, "any"u8);
        if (isForced && context.Profile.ToolChoiceRequired && (!isNamed || names.Offers(_tape.Text(_tape.Find(choice, "name"u8)))))
        {
            WriteForced(choice, isNamed);
        }
        else if (isForced)
        {
            context.Dropped.Add("tool_choice"u8);
            WriteWord("auto"u8);
        }
        else if (_tape.Is(type, "auto"u8) || _tape.Is(type, "none"u8))
        {
            WriteWord(_tape.Raw(type));
        }

        var isSerial = _tape.Kind(_tape.Find(choice, "disable_parallel_tool_use"u8)) == TapeKind.True;
        if (isSerial && context.Profile.ParallelToolCalls)
        {
            _output.Name("parallel_tool_calls"u8);
            _output.Flag(false);
        }
    }

    private void WriteWord(ReadOnlySpan<byte> word)
    {
        _output.Name("tool_choice"u8);
        _output.Text(word);
    }

    private void WriteForced(int choice, bool isNamed)
    {
        if (!isNamed)
        {
            WriteWord("required"u8);
            return;
        }

        _output.Name("tool_choice"u8);
        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("function"u8);
        if (context.IsChat)
        {
            _output.Name("function"u8);
            _output.BeginObject();
        }

        _output.Name("name"u8);
        context.WriteToolName(_tape.Find(choice, "name"u8));
        if (context.IsChat)
        {
            _output.EndObject();
        }

        _output.EndObject();
    }
}
