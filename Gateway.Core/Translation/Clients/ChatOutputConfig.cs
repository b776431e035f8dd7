using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Writes how hard the model thinks and which form its answer has.</summary>
/// <remarks>An effort does not switch thinking on: a model of Anthropic's decides by its effort, and with thinking on it would
/// refuse a temperature or a forced tool that the same client may ask for.</remarks>
internal sealed class ChatOutputConfig(ChatRequestContext context)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;

    /// <summary>Whether the answer must be JSON of any shape.</summary>
    public bool WantsJson => _tape.Is(_tape.Find(Format, "type"u8), "json_object"u8);

    private int Format => _tape.Find(JsonTape.Root, "response_format"u8);

    /// <summary>Writes <c>output_config</c> and <c>thinking</c>; nothing if the client says nothing.</summary>
    public void Write()
    {
        var asked = _tape.Find(JsonTape.Root, "reasoning_effort"u8);
        var isOff = _tape.Is(asked, "none"u8);
        var effort = isOff ? default : LevelFor(_tape.Text(asked));
        if (context.Has(asked) && !isOff && effort.IsEmpty)
        {
            context.Refuse("reasoning_effort: must be none, minimal, low, medium, high, xhigh or max");
        }

        WriteThinking(isOff);
        var schema = Schema();
        if (effort.IsEmpty && schema == JsonTape.None)
        {
            return;
        }

        _output.Name("output_config"u8);
        _output.BeginObject();
        if (!effort.IsEmpty)
        {
            _output.Name("effort"u8);
            _output.Text(effort);
        }

        WriteFormat(schema);
        _output.EndObject();
    }

    // Anthropic has no level below low.
    private static ReadOnlySpan<byte> LevelFor(ReadOnlySpan<byte> effort) => effort switch
    {
        _ when effort.SequenceEqual("minimal"u8) || effort.SequenceEqual("low"u8) => "low"u8,
        _ when effort.SequenceEqual("medium"u8) => "medium"u8,
        _ when effort.SequenceEqual("high"u8) => "high"u8,
        _ when effort.SequenceEqual("xhigh"u8) => "xhigh"u8,
        _ when effort.SequenceEqual("max"u8) => "max"u8,
        _ => default,
    };

    // Not OpenAI's, but clients that know Claude send it through their OpenAI library.
    private void WriteThinking(bool isOff)
    {
        var thinking = _tape.Find(JsonTape.Root, "thinking"u8);
        if (isOff || _tape.Kind(thinking) == TapeKind.Object)
        {
            _output.Name("thinking"u8);
            _output.Raw(isOff ? """{"type":"disabled"}"""u8 : _tape.Raw(thinking));
        }
    }

    private int Schema()
    {
        var type = _tape.Find(Format, "type"u8);
        if (!context.Has(Format) || WantsJson || _tape.Is(type, "text"u8))
        {
            return JsonTape.None;
        }

        var schema = _tape.Find(_tape.Find(Format, "json_schema"u8), "schema"u8);
        if (!_tape.Is(type, "json_schema"u8))
        {
            context.Refuse("response_format.type: must be text, json_object or json_schema");
        }
        else if (_tape.Kind(schema) != TapeKind.Object)
        {
            context.Refuse("response_format.json_schema.schema: an object is required");
        }

        return schema;
    }

    private void WriteFormat(int schema)
    {
        if (schema != JsonTape.None)
        {
            _output.Name("format"u8);
            _output.BeginObject();
            _output.Name("type"u8);
            _output.Text("json_schema"u8);
            _output.Name("schema"u8);
            _output.Raw(_tape.Raw(schema));
            _output.EndObject();
        }
    }
}
