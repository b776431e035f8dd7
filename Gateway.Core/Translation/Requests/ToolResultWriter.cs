namespace Gateway.Core.Translation.Requests;

/// <summary>Writes the answer to a tool call.</summary>
internal sealed class ToolResultWriter(TranslationContext context, ContentWriter content, BlockWriter blocks, MediaWriter media)
{
    private readonly JsonTape _tape = context.Tape;

    /// <summary>Writes the result of the call with this id; a word if there is none, as no call may stay unanswered.</summary>
    public void Write(int callId, int result)
    {
        if (result == JsonTape.None)
        {
            content.Begin(MessageKind.Tool, hasParts: false, callId);
            content.Text("No result provided"u8);
            content.End();
            return;
        }

        var node = _tape.Find(result, "content"u8);
        var hasMedia = media.CanWriteAny(node);
        var images = context.Profile.ToolImages;
        var last = context.KeepsCacheControl ? LastText(node) : JsonTape.None;
        content.Begin(MessageKind.Tool, hasParts: (hasMedia && images == ToolImages.Inline) || last != JsonTape.None, callId);
        content.Start();
        if (_tape.Kind(_tape.Find(result, "is_error"u8)) == TapeKind.True && !LooksLikeError(FirstText(node)))
        {
            content.Lead("Error: "u8);
        }

        blocks.Media = images switch
        {
            ToolImages.Inline => MediaUse.Write,
            ToolImages.Drop => MediaUse.Placeholder,
            _ => MediaUse.Later,
        };
        blocks.Tail = (last, _tape.Find(result, "cache_control"u8));
        blocks.WriteContent(node);
        blocks.Tail = (JsonTape.None, JsonTape.None);
        if (hasMedia && images == ToolImages.Followup && !content.HasText)
        {
            content.Text("(in the next message)"u8);
        }

        content.End();
    }

    /// <summary>Whether media of this result follow in the user's message.</summary>
    public bool HasFollowup(int result) =>
        context.Profile.ToolImages == ToolImages.Followup && media.CanWriteAny(_tape.Find(result, "content"u8));

    private ReadOnlySpan<byte> FirstText(int node)
    {
        if (_tape.Kind(node) == TapeKind.String)
        {
            return _tape.Raw(node);
        }

        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            var text = _tape.Find(block, "text"u8);
            if (_tape.HasText(text))
            {
                return _tape.Raw(text);
            }
        }

        return default;
    }

    private int LastText(int node)
    {
        var last = _tape.HasText(node) ? node : JsonTape.None;
        for (var block = JsonTape.First(node); block < _tape.End(node); block = _tape.Next(block))
        {
            last = _tape.HasText(_tape.Find(block, "text"u8)) ? block : last;
        }

        return last;
    }

    private static bool LooksLikeError(ReadOnlySpan<byte> text) =>
        Begins(text, "error"u8) || Begins(text, "<tool_use_error"u8) || Begins(text, "exception"u8)
        || Begins(text, "traceback"u8) || Begins(text, "fatal"u8);

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && System.Text.Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
