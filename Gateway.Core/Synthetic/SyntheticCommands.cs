using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>A tool call to make.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Input">Its input as JSON.</param>
internal sealed record ScriptedTool(string Name, string Input);

/// <summary>What lines that begin with <c>@synthetic</c> in a prompt tell the model to do; docs/synthetic.md lists them.</summary>
internal sealed class SyntheticCommands
{
    private const string Mark = "@synthetic";
    private const int MostDelayMs = 600_000;
    private const int MostTokens = 100_000;
    private const int MostThoughts = 1_000;
    private const int MostTools = 64;
    private const int MostMistakes = 8;

    /// <summary>Tool calls in order: each list is one answer's.</summary>
    public List<List<ScriptedTool>> Turns { get; } = [];

    /// <summary>What to say; null: what comes naturally.</summary>
    public string? Text { get; private set; }

    /// <summary>How many tokens to say; 0: as the text has.</summary>
    public int Tokens { get; private set; }

    /// <summary>Deltas of thinking; null: as the request wishes.</summary>
    public int? Thoughts { get; private set; }

    /// <summary>Milliseconds between events.</summary>
    public int PaceMs { get; private set; }

    /// <summary>Milliseconds before the head.</summary>
    public int DelayMs { get; private set; }

    /// <summary>The error to answer with; null: none.</summary>
    public ScriptedFailure? Failure { get; private set; }

    /// <summary>How a stream ends.</summary>
    public SyntheticEnding Ending { get; private set; }

    /// <summary>An error event ends it.</summary>
    public bool EndsWithError { get; private set; }

    /// <summary>Events after which it ends; null: all of them.</summary>
    public int? EndsAfter { get; private set; }

    /// <summary>Lines that were meant as commands and are none.</summary>
    public List<string> Mistakes { get; } = [];

    /// <summary>The prompt's other lines.</summary>
    public string Said { get; private init; } = "";

    /// <summary>Reads the commands of a prompt.</summary>
    public static SyntheticCommands Parse(string prompt)
    {
        var said = new List<string>();
        var lines = new List<string>();
        foreach (var line in prompt.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            (IsCommand(line) ? lines : said).Add(line);
        }

        var commands = new SyntheticCommands { Said = string.Join('\n', said) };
        foreach (var line in lines)
        {
            if (!commands.Take(new CommandWords(line[Mark.Length..])) && commands.Mistakes.Count < MostMistakes)
            {
                commands.Mistakes.Add(line);
            }
        }

        return commands;
    }

    private static bool IsCommand(string line) =>
        line.StartsWith(Mark, StringComparison.Ordinal) && (line.Length == Mark.Length || char.IsWhiteSpace(line[Mark.Length]));

    private bool Take(CommandWords words) => words.Next().ToString() switch
    {
        "tool" => TakeTool(words, isNewTurn: true),
        "also" => TakeTool(words, isNewTurn: false),
        "text" => words.Rest.Length > 0 && (Text = words.Rest.ToString()).Length > 0,
        "tokens" => words.TryNumber(MostTokens, out var tokens) && (Tokens = tokens) > 0,
        "think" => words.TryNumber(MostThoughts, out var thoughts) && (Thoughts = thoughts) >= 0,
        "pace" => words.TryNumber(MostDelayMs, out var pace) && (PaceMs = pace) >= 0,
        "delay" => words.TryNumber(MostDelayMs, out var delay) && (DelayMs = delay) >= 0,
        "status" => (Failure = ScriptedFailure.Parse(words) ?? Failure) is not null,
        "retry-after" => words.TryNumber(ScriptedFailure.MostRetryAfter, out var seconds) && Amend(failure => failure with { RetryAfterSeconds = seconds }),
        "cut" => TakeEnd(words, SyntheticEnding.Cut, isError: false),
        "reset" => TakeEnd(words, SyntheticEnding.Reset, isError: false),
        "error" => TakeEnd(words, SyntheticEnding.Complete, isError: true),
        _ => false,
    };

    private bool Amend(Func<ScriptedFailure, ScriptedFailure> amend)
    {
        Failure = Failure is { } failure ? amend(failure) : null;
        return Failure is not null;
    }

    private bool TakeEnd(CommandWords words, SyntheticEnding ending, bool isError)
    {
        if (!words.TryNumber(MostTokens, out var events))
        {
            return false;
        }

        (Ending, EndsWithError, EndsAfter) = (ending, isError, events);
        return true;
    }

    private bool TakeTool(CommandWords words, bool isNewTurn)
    {
        var name = words.Next().ToString();
        var input = words.Rest.Length == 0 ? "{}" : words.Rest.ToString();
        if (name.Length == 0 || !IsObject(input) || Turns.Sum(turn => turn.Count) >= MostTools)
        {
            return false;
        }

        if (isNewTurn || Turns.Count == 0)
        {
            Turns.Add([]);
        }

        Turns[^1].Add(new ScriptedTool(name, input));
        return true;
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
