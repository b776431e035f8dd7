using System.Globalization;

namespace Gateway.Core.Synthetic;

/// <summary>One block of an answer.</summary>
/// <param name="Kind">thinking, text or tool_use.</param>
/// <param name="Text">What it says; for a tool its input as JSON.</param>
/// <param name="Name">The tool's name.</param>
internal sealed record ScriptedBlock(string Kind, string Text, string Name = "");

/// <summary>What the model says to a request: deterministic, and as sensible as can be without a language model.</summary>
internal sealed class SyntheticScript
{
    private const int Quoted = 400;

    public List<ScriptedBlock> Blocks { get; } = [];

    public string StopReason { get; private set; } = "end_turn";

    public string? StopSequence { get; private set; }

    public int OutputTokens { get; private set; }

    public static SyntheticScript Write(SyntheticRequest request, SyntheticCommands commands)
    {
        var script = new SyntheticScript();
        if (request.Thinks && commands.ThinkingDeltas > 0)
        {
            script.Blocks.Add(new ScriptedBlock("thinking", Repeat("The request asks for a synthetic answer. ", commands.ThinkingDeltas)));
        }

        var calls = Calls(request, commands);
        if (calls.Count == 0)
        {
            script.Blocks.Add(new ScriptedBlock("text", script.Shorten(Say(request, commands), request)));
        }
        else
        {
            script.Blocks.Add(new ScriptedBlock("text", "I will use a tool."));
            script.Blocks.AddRange(calls.Select(call => new ScriptedBlock("tool_use", call.Input, call.Name)));
            script.StopReason = "tool_use";
        }

        script.OutputTokens = Math.Max(1, script.Blocks.Sum(block => block.Text.Length + block.Name.Length) / 4);
        return script;
    }

    // Each scripted call is made once, one a turn, however often the conversation comes back with results.
    private static List<ScriptedTool> Calls(SyntheticRequest request, SyntheticCommands commands)
    {
        if (request.CallsMade < commands.Tools.Count)
        {
            var next = commands.Tools[request.CallsMade];
            return request.Tools.Contains(next.Name) ? [next] : [];
        }

        return request.ForcedTool is { } forced && request.ToolResult is null ? [new ScriptedTool(forced, "{}")] : [];
    }

    private static string Say(SyntheticRequest request, SyntheticCommands commands)
    {
        if (commands.Tokens > 0)
        {
            return Repeat("word ", commands.Tokens).TrimEnd();
        }

        if (commands.Text is { } text)
        {
            return text;
        }

        if (request.WantsJson)
        {
            return """{"title":"Synthetic session"}""";
        }

        return request.ToolResult is { } result
            ? $"The tool answered: {Glimpse(result)}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Synthetic answer from ClaudeGateway; no language model was asked. You asked {request.Model} with {request.Messages} message(s), {request.Tools.Count} tool(s) and {request.Images} image(s): {Glimpse(request.Prompt)}");
    }

    // A token is four characters here, as everywhere in this model.
    private string Shorten(string text, SyntheticRequest request)
    {
        foreach (var sequence in request.StopSequences)
        {
            var at = sequence.Length > 0 ? text.IndexOf(sequence, StringComparison.Ordinal) : -1;
            if (at >= 0)
            {
                text = text[..at];
                StopReason = "stop_sequence";
                StopSequence = sequence;
            }
        }

        if (text.Length / 4 <= request.MaxTokens)
        {
            return text;
        }

        StopReason = "max_tokens";
        StopSequence = null;
        return text[..(Math.Max(1, request.MaxTokens) * 4)];
    }

    private static string Glimpse(string text) => text.Length <= Quoted ? text : text[..Quoted] + " ...";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
