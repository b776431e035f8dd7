using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Writes the tools and which of them the model may call; also in the older form of functions.</summary>
internal sealed class ChatTools(ChatRequestContext context)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;

    /// <summary>The client speaks of functions, not of tools: it wants its answer in that form, and takes one call only.</summary>
    public bool UsesFunctions { get; private set; }

    /// <summary>Writes <c>tools</c> and <c>tool_choice</c>; nothing if there is no tool.</summary>
    public void Write()
    {
        var tools = _tape.Find(JsonTape.Root, "tools"u8);
        var functions = _tape.Find(JsonTape.Root, "functions"u8);
        UsesFunctions = JsonTape.First(functions) < _tape.End(functions);
        if (JsonTape.First(tools) >= _tape.End(tools) && !UsesFunctions)
        {
            return;
        }

        _output.Name("tools"u8);
        _output.BeginArray();
        WriteTools(tools);
        WriteFunctions(functions);
        _output.EndArray();
        WriteChoice(_tape.Find(JsonTape.Root, UsesFunctions ? "function_call"u8 : "tool_choice"u8));
    }

    private void WriteTools(int tools)
    {
        var position = 0;
        for (var tool = JsonTape.First(tools); tool < _tape.End(tools); tool = _tape.Next(tool))
        {
            if (_tape.Is(_tape.Find(tool, "type"u8), "function"u8))
            {
                WriteTool(tool, _tape.Find(tool, "function"u8), position);
            }
            else
            {
                context.Refuse($"tools[{position}].type: only function is supported");
            }

            position++;
        }
    }

    private void WriteFunctions(int functions)
    {
        var position = 0;
        for (var function = JsonTape.First(functions); function < _tape.End(functions); function = _tape.Next(function))
        {
            WriteTool(JsonTape.None, function, position++);
        }
    }

    private void WriteTool(int tool, int function, int position)
    {
        var name = _tape.Find(function, "name"u8);
        var description = _tape.Find(function, "description"u8);
        if (!_tape.HasText(name))
        {
            Refuse(tool, position, ".name: a string is required");
        }

        _output.BeginObject();
        _output.Name("name"u8);
        _output.Text(_tape.Escaped(name));
        if (_tape.HasText(description))
        {
            _output.Name("description"u8);
            _output.Text(_tape.Escaped(description));
        }

        _output.Name("input_schema"u8);
        if (!WriteSchema(_tape.Find(function, "parameters"u8)))
        {
            Refuse(tool, position, ".parameters: an object is required");
        }

        context.WriteCacheMark(tool);
        _output.EndObject();
    }

    // Anthropic demands an object with its type; OpenAI takes a function without parameters.
    private bool WriteSchema(int schema)
    {
        if (!context.Has(schema))
        {
            _output.Raw("""{"type":"object","properties":{}}"""u8);
            return true;
        }

        if (context.Has(_tape.Find(schema, "type"u8)))
        {
            _output.Raw(_tape.Raw(schema));
        }
        else
        {
            WriteTyped(schema);
        }

        return _tape.Kind(schema) == TapeKind.Object;
    }

    private void WriteTyped(int schema)
    {
        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("object"u8);
        for (var member = schema + 1; member < _tape.EndOfMembers(schema); member = _tape.Next(member + 1))
        {
            if (!_tape.Text(member).SequenceEqual("type"u8))
            {
                _output.Name(_tape.Raw(member));
                _output.Raw(_tape.RawValue(member + 1));
            }
        }

        _output.EndObject();
    }

    private void Refuse(int tool, int position, string fault) =>
        context.Refuse(tool == JsonTape.None ? $"functions[{position}]{fault}" : $"tools[{position}].function{fault}");

    private void WriteChoice(int choice)
    {
        var isSingle = UsesFunctions || _tape.Kind(_tape.Find(JsonTape.Root, "parallel_tool_calls"u8)) == TapeKind.False;
        if (!context.Has(choice) && !isSingle)
        {
            return;
        }

        var isNone = _tape.Is(choice, "none"u8);
        _output.Name("tool_choice"u8);
        _output.BeginObject();
        _output.Name("type"u8);
        if (_tape.Kind(choice) == TapeKind.Object)
        {
            _output.Text("tool"u8);
            WriteNamed(choice);
        }
        else
        {
            WriteWord(choice, isNone);
        }

        if (isSingle && !isNone)
        {
            _output.Name("disable_parallel_tool_use"u8);
            _output.Flag(true);
        }

        _output.EndObject();
    }

    private void WriteWord(int choice, bool isNone)
    {
        var isForced = _tape.Is(choice, "required"u8);
        if (context.Has(choice) && !isNone && !isForced && !_tape.Is(choice, "auto"u8))
        {
            context.Refuse("tool_choice: must be auto, none, required or a function");
        }

        _output.Text(isNone ? "none"u8 : isForced ? "any"u8 : "auto"u8);
    }

    private void WriteNamed(int choice)
    {
        var name = _tape.Find(UsesFunctions ? choice : _tape.Find(choice, "function"u8), "name"u8);
        if (!_tape.HasText(name))
        {
            context.Refuse("tool_choice.function.name: a string is required");
        }

        _output.Name("name"u8);
        _output.Text(_tape.Escaped(name));
    }
}
