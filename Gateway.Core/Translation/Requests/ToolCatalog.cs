namespace Gateway.Core.Translation.Requests;

/// <summary>Which tools a request offers in the end: those declared, without deferred ones that nobody asked for yet, with
/// those the conversation added and without those it withdrew.</summary>
internal sealed class ToolCatalog(TranslationContext context)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly List<Tool> _tools = [];
    private readonly Dictionary<ulong, int> _byName = [];

    private record struct Tool(int Definition, bool IsOffered);

    /// <summary>Nodes of the definitions of the offered tools, in order.</summary>
    public List<int> Offered { get; } = [];

    /// <summary>Reads a request.</summary>
    public void Read(RequestFacts facts, ToolNames names)
    {
        _tools.Clear();
        _byName.Clear();
        Offered.Clear();
        names.Clear();
        var tools = _tape.Find(JsonTape.Root, "tools"u8);
        for (var tool = JsonTape.First(tools); tool < _tape.End(tools); tool = _tape.Next(tool))
        {
            Declare(tool, _tape.Kind(_tape.Find(tool, "defer_loading"u8)) != TapeKind.True);
        }

        for (var message = JsonTape.First(facts.Messages); message < _tape.End(facts.Messages); message = _tape.Next(message))
        {
            ReadBlocks(_tape.Find(message, "content"u8));
        }

        foreach (var tool in _tools)
        {
            if (tool.IsOffered)
            {
                Offered.Add(tool.Definition);
                names.Add(_tape.Text(_tape.Find(tool.Definition, "name"u8)));
            }
        }
    }

    private void Declare(int tool, bool isOffered)
    {
        var type = _tape.Raw(_tape.Find(tool, "type"u8));
        var isCustom = type.IsEmpty || type.SequenceEqual("null"u8) || type.SequenceEqual("custom"u8)
            || _tape.Kind(_tape.Find(tool, "input_schema"u8)) == TapeKind.Object;
        var name = _tape.Find(tool, "name"u8);
        if (!isCustom && !BuiltInTools.Has(type))
        {
            context.Dropped.Add(type);
        }
        else if (_tape.HasText(name) && !_tape.Is(name, "DeferredToolPlaceholder"u8))
        {
            Declare(tool, name, isOffered);
        }
    }

    // A later definition replaces the one before: two tools of one name are refused by every provider.
    private void Declare(int tool, int name, bool isOffered)
    {
        var key = Key(name);
        if (_byName.TryGetValue(key, out var at) && IsNamed(at, name))
        {
            _tools[at] = new Tool(tool, isOffered);
            return;
        }

        _byName[key] = _tools.Count;
        _tools.Add(new Tool(tool, isOffered));
    }

    private void ReadBlocks(int content)
    {
        for (var block = JsonTape.First(content); block < _tape.End(content); block = _tape.Next(block))
        {
            var type = _tape.Find(block, "type"u8);
            if (_tape.Is(type, "tool_use"u8))
            {
                Offer(_tape.Find(block, "name"u8), true); // what was called once was loaded, even if its reference is gone
            }
            else if (_tape.Is(type, "tool_result"u8))
            {
                ReadReferences(_tape.Find(block, "content"u8));
            }
            else if (_tape.Is(type, "tool_search_tool_result"u8))
            {
                ReadReferences(_tape.Find(_tape.Find(block, "content"u8), "tool_references"u8));
            }
            else if (_tape.Is(type, "tool_addition"u8))
            {
                Add(_tape.Find(block, "tool"u8));
            }
            else if (_tape.Is(type, "tool_removal"u8))
            {
                Offer(NameOf(_tape.Find(block, "tool"u8)), false);
            }
        }
    }

    private void ReadReferences(int blocks)
    {
        for (var block = JsonTape.First(blocks); block < _tape.End(blocks); block = _tape.Next(block))
        {
            if (_tape.Is(_tape.Find(block, "type"u8), "tool_reference"u8))
            {
                Offer(NameOf(block), true);
            }
        }
    }

    private void Add(int tool)
    {
        if (_tape.Is(_tape.Find(tool, "type"u8), "tool_definition"u8))
        {
            var definition = _tape.Find(tool, "definition"u8);
            Declare(definition == JsonTape.None ? tool : definition, true);
        }
        else
        {
            Offer(NameOf(tool), true);
        }
    }

    private int NameOf(int reference)
    {
        var name = _tape.Find(reference, "tool_name"u8);
        return name == JsonTape.None ? _tape.Find(reference, "name"u8) : name;
    }

    private void Offer(int name, bool isOffered)
    {
        if (_byName.TryGetValue(Key(name), out var at) && IsNamed(at, name))
        {
            _tools[at] = _tools[at] with { IsOffered = isOffered };
        }
    }

    private bool IsNamed(int at, int name) =>
        _tape.Escaped(_tape.Find(_tools[at].Definition, "name"u8)).SequenceEqual(_tape.Escaped(name));

    private ulong Key(int name) => ToolResults.Hash(_tape.Text(name));
}
