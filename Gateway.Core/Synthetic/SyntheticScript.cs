namespace Gateway.Core.Synthetic;

/// <summary>One block of an answer.</summary>
/// <param name="Kind">thinking, text or tool_use.</param>
/// <param name="Text">What it says; for a tool its input as JSON.</param>
/// <param name="Name">The tool's name.</param>
internal sealed record ScriptedBlock(string Kind, string Text, string Name = "")
{
    /// <summary>What it costs.</summary>
    public int Tokens => SyntheticText.Tokens(Text) + SyntheticText.Tokens(Name);
}

/// <summary>The blocks of an answer and why it stops, within what the request allows.</summary>
internal sealed class SyntheticScript
{
    private readonly SyntheticRequest _request;

    private SyntheticScript(SyntheticRequest request) => _request = request;

    /// <summary>In order.</summary>
    public List<ScriptedBlock> Blocks { get; } = [];

    /// <summary>As the API names it.</summary>
    public string StopReason { get; private set; } = "end_turn";

    /// <summary>The text it stopped before.</summary>
    public string? StopSequence { get; private set; }

    /// <summary>Never more than <c>max_tokens</c>.</summary>
    public int OutputTokens { get; private set; }

    /// <summary>How many of them are thinking.</summary>
    public int ThinkingTokens { get; private set; }

    /// <summary>Writes what the model answers.</summary>
    public static SyntheticScript Write(SyntheticRequest request)
    {
        var script = new SyntheticScript(request);
        var calls = SyntheticCalls.Next(request);
        script.StopReason = calls.Count > 0 ? "tool_use" : "end_turn";
        _ = script.Think()
            && script.Say(calls.Count > 0 ? SyntheticSpeech.Announce(calls) : SyntheticSpeech.Answer(request))
            && calls.TrueForAll(call => script.Add(new ScriptedBlock("tool_use", call.Input, call.Name)));
        return script;
    }

    private bool Think() => !_request.Thinks || _request.Commands.Thoughts == 0
        || Add(new ScriptedBlock("thinking", SyntheticSpeech.Thoughts(_request)));

    private bool Say(string text)
    {
        var earliest = text.Length;
        foreach (var sequence in _request.StopSequences)
        {
            var at = sequence.Length > 0 ? text.AsSpan(0, earliest).IndexOf(sequence, StringComparison.Ordinal) : -1;
            if (at >= 0)
            {
                (earliest, StopReason, StopSequence) = (at, "stop_sequence", sequence);
            }
        }

        return (earliest == 0 || Add(new ScriptedBlock("text", text[..earliest]))) && StopSequence is null;
    }

    // False if it did not fit whole. Half a tool call is worth nothing, so it is left out.
    private bool Add(ScriptedBlock block)
    {
        var left = _request.MaxTokens - OutputTokens;
        var fits = block.Tokens <= left;
        if (!fits)
        {
            (StopReason, StopSequence) = ("max_tokens", null);
            block = block with { Text = left > 0 ? SyntheticText.Cut(block.Text, left * SyntheticText.CharsPerToken) : "" };
        }

        if (fits || (block.Kind != "tool_use" && block.Text.Length > 0))
        {
            Blocks.Add(block);
            OutputTokens += block.Tokens;
            ThinkingTokens += block.Kind == "thinking" ? block.Tokens : 0;
        }

        return fits;
    }
}
