namespace Gateway.Core.Translation.Requests;

/// <summary>Which marks for the prompt cache go on: the last four in the prompt's order, as Anthropic refuses more; where there is room for
/// one breakpoint, the last text of the user's or the system's that has one.</summary>
internal sealed class CacheMarkList(JsonTape tape)
{
    // platform.claude.com/docs/en/build-with-claude/prompt-caching: "up to 4 cache breakpoints".
    private const int Most = 4;

    private readonly int[] _last = new int[Most];
    private int _count;
    private int _lastText;

    /// <summary>Reads a request's marks.</summary>
    /// <param name="isChat">The system's texts can bear one; Responses has no place for it in instructions.</param>
    public void Read(bool isChat)
    {
        _count = 0;
        _lastText = JsonTape.None;
        ReadBlocks(tape.Find(JsonTape.Root, "system"u8), isText: isChat);
        var messages = tape.Find(JsonTape.Root, "messages"u8);
        for (var message = JsonTape.First(messages); message < tape.End(messages); message = tape.Next(message))
        {
            ReadBlocks(tape.Find(message, "content"u8), isText: !tape.Is(tape.Find(message, "role"u8), "assistant"u8));
        }
    }

    /// <summary>Whether a mark is one of the last four.</summary>
    public bool Keeps(int mark) => mark != JsonTape.None && _last.AsSpan(0, Math.Min(_count, Most)).Contains(mark);

    /// <summary>Whether a mark is the last text's.</summary>
    public bool IsLastText(int mark) => mark != JsonTape.None && mark == _lastText;

    private void ReadBlocks(int blocks, bool isText)
    {
        for (var block = JsonTape.First(blocks); block < tape.End(blocks); block = tape.Next(block))
        {
            var type = tape.Find(block, "type"u8);
            if (tape.Is(type, "text"u8))
            {
                Add(block, isText);
            }
            else if (tape.Is(type, "tool_result"u8))
            {
                ReadBlocks(tape.Find(block, "content"u8), isText: false);
                Add(block, isText: false);
            }
        }
    }

    private void Add(int block, bool isText)
    {
        var mark = tape.Find(block, "cache_control"u8);
        if (tape.Kind(mark) == TapeKind.Object)
        {
            _last[_count++ % Most] = mark;
            _lastText = isText ? mark : _lastText;
        }
    }
}
