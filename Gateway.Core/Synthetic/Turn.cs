using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>Where a conversation stands: what the user said last, and what came of it so far.</summary>
internal sealed class Turn
{
    private const string Reminder = "<system-reminder>";
    private const string ReminderEnd = "</system-reminder>";

    /// <summary>Text of the last message of the user that holds no tool result, without the reminders clients add.</summary>
    public string Prompt { get; private set; } = "";

    /// <summary>Tool results that no answer has followed yet, in order.</summary>
    public List<string> Results { get; } = [];

    /// <summary>Some of those results tell of a failure.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Tool calls made since the prompt.</summary>
    public int CallsMade { get; private set; }

    /// <summary>Goes back from the end to the last prompt.</summary>
    public static Turn Read(List<JsonElement> messages)
    {
        var turn = new Turn();
        var isAnswered = false;
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            var role = RequestJson.Text(messages[i], "role");
            var blocks = RequestJson.Items(messages[i], "content");
            if (role == "assistant")
            {
                isAnswered = true;
                turn.CallsMade += blocks.Count(block => RequestJson.TypeOf(block) == "tool_use");
            }
            else if (role == "user" && !turn.TakeResults(blocks, isAnswered))
            {
                turn.Prompt = PromptOf(messages[i], blocks);
                break;
            }
        }

        turn.Results.Reverse();
        return turn;
    }

    // False if the message holds none.
    private bool TakeResults(List<JsonElement> blocks, bool isAnswered)
    {
        var results = blocks.Where(block => RequestJson.TypeOf(block) == "tool_result").ToList();
        if (!isAnswered)
        {
            Results.AddRange(results.AsEnumerable().Reverse().Select(TextOfResult));
            HasFailed |= results.Exists(result => RequestJson.Is(result, "is_error"));
        }

        return results.Count > 0;
    }

    private static string TextOfResult(JsonElement result) =>
        RequestJson.Text(result, "content") ?? string.Join(
            '\n', RequestJson.Items(result, "content").Select(part => RequestJson.Text(part, "text") ?? $"[{RequestJson.TypeOf(part)}]"));

    private static string PromptOf(JsonElement message, List<JsonElement> blocks) => WithoutReminders(
        RequestJson.Text(message, "content")
            ?? string.Join('\n', blocks.Where(block => RequestJson.TypeOf(block) == "text").Select(block => RequestJson.Text(block, "text"))));

    private static string WithoutReminders(string text)
    {
        var kept = new List<string>();
        var start = 0;
        while (text.IndexOf(Reminder, start, StringComparison.Ordinal) is var open and >= 0)
        {
            kept.Add(text[start..open]);
            var close = text.IndexOf(ReminderEnd, open, StringComparison.Ordinal);
            start = close < 0 ? text.Length : close + ReminderEnd.Length;
        }

        kept.Add(text[start..]);
        return string.Concat(kept).Trim();
    }
}
