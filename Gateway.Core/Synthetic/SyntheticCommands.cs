using System.Globalization;
using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>A tool call that the prompt asks for.</summary>
internal sealed record ScriptedTool(string Name, string Input);

/// <summary>What lines that begin with <c>@synthetic</c> in a prompt tell the model to do; docs/synthetic.md lists them.</summary>
internal sealed class SyntheticCommands
{
    private const string Mark = "@synthetic ";
    private const int MostDelayMs = 600_000;
    private const int MostTokens = 100_000;

    public List<ScriptedTool> Tools { get; } = [];

    public string? Text { get; private set; }

    public int Tokens { get; private set; }

    public int ThinkingDeltas { get; private set; } = 1;

    public int PaceMs { get; private set; }

    public int DelayMs { get; private set; }

    public int Status { get; private set; }

    public int? RetryAfterSeconds { get; private set; }

    public bool? ShouldRetry { get; private set; }

    public SyntheticEnding Ending { get; private set; }

    public int EndsAfter { get; private set; }

    /// <summary>Reads the commands of a text; a line that is none is left to the reader of the prompt.</summary>
    public static SyntheticCommands Parse(string text)
    {
        var commands = new SyntheticCommands();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].Trim();
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                commands.Read(line[Mark.Length..].Trim());
            }
        }

        return commands;
    }

    private void Read(ReadOnlySpan<char> line)
    {
        var space = line.IndexOf(' ');
        var verb = space < 0 ? line : line[..space];
        var rest = space < 0 ? default : line[(space + 1)..].Trim();
        switch (verb)
        {
            case "tool":
                ReadTool(rest);
                break;
            case "text":
                Text = rest.ToString();
                break;
            case "tokens":
                Tokens = Number(rest, MostTokens);
                break;
            case "think":
                ThinkingDeltas = Number(rest, MostTokens);
                break;
            case "pace":
                PaceMs = Number(rest, MostDelayMs);
                break;
            case "delay":
                DelayMs = Number(rest, MostDelayMs);
                break;
            case "status":
                Status = Number(rest, 599) is var status and >= 400 ? status : 0;
                break;
            case "retry-after":
                RetryAfterSeconds = Number(rest, 86_400);
                break;
            case "should-retry":
                ShouldRetry = rest is "true";
                break;
            case "cut" or "reset":
                Ending = verb is "cut" ? SyntheticEnding.Cut : SyntheticEnding.Reset;
                EndsAfter = Number(rest, MostTokens);
                break;
        }
    }

    private void ReadTool(ReadOnlySpan<char> rest)
    {
        var space = rest.IndexOf(' ');
        var name = space < 0 ? rest : rest[..space];
        var input = space < 0 ? "{}" : rest[(space + 1)..].Trim().ToString();
        if (!name.IsEmpty && IsObject(input))
        {
            Tools.Add(new ScriptedTool(name.ToString(), input));
        }
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

    private static int Number(ReadOnlySpan<char> text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? Math.Min(value, most) : 0;
}
