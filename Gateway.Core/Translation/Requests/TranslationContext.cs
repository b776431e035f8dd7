using System.Buffers;

namespace Gateway.Core.Translation.Requests;

/// <summary>What all writers of one translation share.</summary>
internal sealed class TranslationContext
{
    private byte[] _providerName = [];
    private int _providerNameLength;

    /// <summary>A context with nothing read yet.</summary>
    public TranslationContext() => Marks = new CacheMarkList(Tape);

    /// <summary>Texts may bear marks of what to cache: they are parts, then.</summary>
    public bool MarksTexts => Profile.Marks == CacheMarks.Breakpoint || KeepsCacheControl;

    /// <summary>The marks are Anthropic's own: any text may bear one.</summary>
    public bool KeepsCacheControl => IsChat && Profile.Marks == CacheMarks.CacheControl;

    /// <summary>Which marks go on.</summary>
    public CacheMarkList Marks { get; }

    /// <summary>The client's request.</summary>
    public JsonTape Tape { get; } = new();

    /// <summary>Where the provider's request goes.</summary>
    public JsonOutput Output { get; } = new();

    /// <summary>What got lost.</summary>
    public DroppedNames Dropped { get; } = new();

    /// <summary>Holds one short thing at a time, such as an id on its way.</summary>
    public ArrayBufferWriter<byte> Scratch { get; } = new();

    /// <summary>What the provider takes.</summary>
    public DialectProfile Profile { get; private set; } = new();

    /// <summary>The API that is spoken to.</summary>
    public TranslationTarget Target { get; private set; }

    /// <summary>Whether Chat Completions is spoken, not Responses.</summary>
    public bool IsChat => Target == TranslationTarget.Chat;

    /// <summary>The provider's name in the configuration.</summary>
    public ReadOnlySpan<byte> ProviderName => _providerName.AsSpan(0, _providerNameLength);

    /// <summary>Starts another translation.</summary>
    public void Begin(TranslationTarget target, DialectProfile profile, ReadOnlySpan<byte> providerName, IBufferWriter<byte> output)
    {
        Target = target;
        Profile = profile;
        Dropped.Clear();
        Output.Begin(output);
        if (_providerName.Length < providerName.Length)
        {
            _providerName = new byte[providerName.Length];
        }

        providerName.CopyTo(_providerName);
        _providerNameLength = providerName.Length;
    }

    /// <summary>Writes the id of a tool call as the provider knows it.</summary>
    public void WriteCallId(int id)
    {
        Scratch.ResetWrittenCount();
        ProviderIds.ToProvider(Tape.Text(id), Scratch);
        Output.BeginText();
        Output.Escape(Scratch.WrittenSpan);
        Output.EndText();
    }

    /// <summary>Writes the name of a tool as the provider knows it.</summary>
    public void WriteToolName(int name)
    {
        Output.BeginText();
        ToolNames.Write(Tape.Text(name), Output);
        Output.EndText();
    }

    /// <summary>Writes a text's mark for the prompt cache, where the provider goes by it: what it is and how long it holds, no betas.</summary>
    public void WriteCacheMark(int mark)
    {
        if (Profile.Marks == CacheMarks.Breakpoint && Marks.IsLastText(mark))
        {
            Output.Name("prompt_cache_breakpoint"u8);
            Output.Raw("""{"mode":"explicit"}"""u8);
        }
        else if (KeepsCacheControl && Marks.Keeps(mark))
        {
            Output.Name("cache_control"u8);
            Output.BeginObject();
            WriteMember(mark, "type"u8);
            WriteMember(mark, "ttl"u8);
            Output.EndObject();
        }
    }

    private void WriteMember(int node, ReadOnlySpan<byte> name)
    {
        var value = Tape.Find(node, name);
        if (Tape.Kind(value) == TapeKind.String)
        {
            Output.Name(name);
            Output.Text(Tape.Escaped(value));
        }
    }
}
