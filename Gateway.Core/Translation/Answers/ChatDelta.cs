namespace Gateway.Core.Translation.Answers;

/// <summary>The members of a delta, or a whole message, of Chat Completions that mean something to us, as written.</summary>
internal readonly ref struct ChatDelta
{
    /// <summary>Reads them; anything but an object has none.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON.</exception>
    public ChatDelta(ReadOnlySpan<byte> delta)
    {
        var members = new JsonMembers(delta);
        while (members.Next())
        {
            var value = members.Value;
            switch (members.Name)
            {
                case var name when name.SequenceEqual("reasoning_content"u8): ReasoningContent = value; break;
                case var name when name.SequenceEqual("reasoning"u8): Reasoning = value; break;
                case var name when name.SequenceEqual("reasoning_text"u8): ReasoningText = value; break;
                case var name when name.SequenceEqual("reasoning_details"u8): Details = value; break;
                case var name when name.SequenceEqual("content"u8): Content = value; break;
                case var name when name.SequenceEqual("refusal"u8): Refusal = value; break;
                case var name when name.SequenceEqual("tool_calls"u8): Calls = value; break;
                case var name when name.SequenceEqual("function_call"u8): Function = value; break;
            }
        }
    }

    /// <summary>A thought, under the name most providers give it.</summary>
    public ReadOnlySpan<byte> ReasoningContent { get; }

    /// <summary>A thought, as vLLM, Groq and OpenRouter call it.</summary>
    public ReadOnlySpan<byte> Reasoning { get; }

    /// <summary>A thought, under a third name.</summary>
    public ReadOnlySpan<byte> ReasoningText { get; }

    /// <summary>OpenRouter's list of thoughts and their signatures.</summary>
    public ReadOnlySpan<byte> Details { get; }

    /// <summary>Text, or a list of parts.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>Why there is no answer.</summary>
    public ReadOnlySpan<byte> Refusal { get; }

    /// <summary>Calls of tools, or pieces of them.</summary>
    public ReadOnlySpan<byte> Calls { get; }

    /// <summary>The one call of the API's first days.</summary>
    public ReadOnlySpan<byte> Function { get; }

    /// <summary>What it carries if that is one string that is not empty.</summary>
    /// <param name="content">What the string holds, escaped.</param>
    /// <param name="callIndex">The index of the call, for arguments; -1 for none.</param>
    public ChunkCargo Sole(out ReadOnlySpan<byte> content, out long callIndex)
    {
        content = default;
        callIndex = -1;
        var cargo = ChunkCargo.None;
        var isSole = IsNothing(Details) && IsNothing(Function) && JsonText.Content(Refusal).IsEmpty
            && Add(Content, ChunkCargo.Text, ref cargo, ref content)
            && Add(ReasoningContent, ChunkCargo.Thought, ref cargo, ref content)
            && Add(Reasoning, ChunkCargo.Thought, ref cargo, ref content)
            && Add(ReasoningText, ChunkCargo.Thought, ref cargo, ref content)
            && (IsNothing(Calls) || AddCall(ref cargo, ref content, ref callIndex));
        return isSole ? cargo : ChunkCargo.None;
    }

    private static bool IsNothing(ReadOnlySpan<byte> value) => !JsonText.HasValue(value) || value.SequenceEqual("[]"u8);

    private static bool Add(ReadOnlySpan<byte> value, ChunkCargo kind, ref ChunkCargo cargo, ref ReadOnlySpan<byte> content)
    {
        var text = JsonText.Content(value);
        if (text.IsEmpty)
        {
            return IsNothing(value) || value.SequenceEqual("\"\""u8);
        }

        var isFirst = cargo == ChunkCargo.None;
        cargo = kind;
        content = text;
        return isFirst;
    }

    private bool AddCall(ref ChunkCargo cargo, ref ReadOnlySpan<byte> content, ref long callIndex)
    {
        var items = new JsonMembers(Calls);
        if (!items.Next())
        {
            return false;
        }

        var call = items.Value;
        var function = JsonMembers.Find(call, "function"u8);
        callIndex = JsonText.Number(JsonMembers.Find(call, "index"u8));
        return JsonText.Content(JsonMembers.Find(call, "id"u8)).IsEmpty
            && JsonText.Content(JsonMembers.Find(function, "name"u8)).IsEmpty
            && Add(JsonMembers.Find(function, "arguments"u8), ChunkCargo.Arguments, ref cargo, ref content)
            && !items.Next();
    }
}
