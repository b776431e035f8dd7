using System.Globalization;

namespace Gateway.Core.Synthetic;

/// <summary>What the model says: as sensible as can be without a language model, and never claiming to be one.</summary>
internal static class SyntheticSpeech
{
    /// <summary>One thought, and the length of a piece of thinking.</summary>
    public const string Thought = "The request asks for a synthetic answer; here is one. ";

    private const int ThoughtsByDefault = 2;

    /// <summary>The text of a thinking block; empty where the request wants none to be shown.</summary>
    public static string Thoughts(SyntheticRequest request) => string.Concat(
        Enumerable.Repeat(Thought, request.Commands.Thoughts ?? (request.ShowsThinking ? ThoughtsByDefault : 0)));

    /// <summary>What is said before tools are called.</summary>
    public static string Announce(List<ScriptedTool> calls) => $"I call {string.Join(", ", calls.Select(call => call.Name))}.";

    /// <summary>The text of an answer without calls.</summary>
    public static string Answer(SyntheticRequest request)
    {
        var commands = request.Commands;
        if (request.FormattedSample is { } sample)
        {
            return sample;
        }

        if (SafetyVerdict.IsAskedFor(request))
        {
            return SafetyVerdict.Text(request);
        }

        var text = commands.Text ?? (commands.Tokens > 0 ? SyntheticText.OfTokens(commands.Tokens) : Reply(request));
        return commands.Mistakes.Count == 0 ? text
            : $"{text}\n\nNot understood (docs/synthetic.md lists the commands): {SyntheticText.Quote(string.Join("; ", commands.Mistakes))}";
    }

    private static string Reply(SyntheticRequest request)
    {
        if (SyntheticCalls.Pending(request) is { Count: > 0 } pending)
        {
            return $"I was told to call {string.Join(", ", pending.Select(call => call.Name))}, but this request does not allow it. "
                + $"It offers: {SyntheticText.Quote(string.Join(", ", request.Tools))}.";
        }

        if (request.Turn.Results.Count > 0)
        {
            return $"The tool {(request.Turn.HasFailed ? "failed" : "answered")}: {SyntheticText.Quote(string.Join('\n', request.Turn.Results))}";
        }

        return request.Tools.Count == 0 && request.ServerTools > 0
            ? $"The synthetic provider has no network, so nothing was searched for: {SyntheticText.Quote(request.Commands.Said)}"
            : Summary(request);
    }

    private static string Summary(SyntheticRequest request) => string.Create(
        CultureInfo.InvariantCulture,
        $"Synthetic answer by ClaudeGateway; no language model was asked. You asked {request.Model} with {request.Messages} message(s), {request.Tools.Count + request.ServerTools} tool(s) and {request.Images} image(s): {SyntheticText.Quote(request.Commands.Said)}");
}
