namespace Gateway.Core.Analysis;

/// <summary>Notes what a value means for the request, by where it stands.</summary>
internal static class FieldRecorder
{
    /// <summary>A value of some shape begins.</summary>
    public static void Begin(ScannedRequest request, ScanRole role, ScanKey key, JsonShape shape, long offset)
    {
        switch (role)
        {
            case ScanRole.Root:
                BeginAtRoot(request, key, shape, offset);
                break;
            case ScanRole.Messages:
                request.FirstMessageOffset = request.Messages == 0 ? offset : request.FirstMessageOffset;
                request.Messages++;
                break;
            case ScanRole.Tools:
                request.Tools++;
                break;
            case ScanRole.OutputConfig when key == ScanKey.Format:
                request.WantsJson = shape != JsonShape.Null;
                break;
        }
    }

    /// <summary>The text of this string matters.</summary>
    public static bool NeedsText(ScanRole role, ScanKey key) =>
        key is ScanKey.Type or ScanKey.UserId || (key == ScanKey.Model && role == ScanRole.Root);

    /// <summary>Where this string ends matters.</summary>
    public static bool NeedsEnd(ScanRole role, ScanKey key) =>
        (key == ScanKey.Data && role == ScanRole.Source) || (key == ScanKey.System && role == ScanRole.Root);

    /// <summary>A string of which only the end matters has ended.</summary>
    public static void EndPlainString(ScannedRequest request, ScanKey key, long begin, long end)
    {
        if (key == ScanKey.Data)
        {
            request.MediaBytes += end - begin;
        }
        else
        {
            request.SystemEnd = end;
        }
    }

    /// <summary>An object or array has ended.</summary>
    public static void EndContainer(ScannedRequest request, ScanRole role, int depth, long end)
    {
        switch (role)
        {
            case ScanRole.Message when request.FirstMessageEnd == 0:
                request.FirstMessageEnd = end;
                break;
            case ScanRole.Content when depth == 1:
                request.SystemEnd = end;
                break;
            case ScanRole.Tools:
                request.ToolsEnd = end;
                break;
        }
    }

    /// <summary>A string whose text matters has ended.</summary>
    public static void EndString(ScannedRequest request, ScanRole role, StringCapture capture, long end)
    {
        var text = capture.Text();
        switch (role)
        {
            case ScanRole.Root:
                request.SetModel(text, capture.IsTooLong);
                request.ModelLength = end - request.ModelOffset;
                break;
            case ScanRole.Block:
                request.Images += text.SequenceEqual("image"u8) ? 1 : 0;
                request.Documents += text.SequenceEqual("document"u8) ? 1 : 0;
                request.ThinkingBlocks += text.SequenceEqual("thinking"u8) || text.SequenceEqual("redacted_thinking"u8) ? 1 : 0;
                break;
            case ScanRole.Tool:
                request.ServerTools += IsRunByClient(text) ? 0 : 1;
                break;
            case ScanRole.Thinking:
                request.Thinking = ModeOf(text);
                break;
            case ScanRole.Metadata:
                request.UserHash = StableHash.Of(text);
                break;
        }
    }

    /// <summary>A number has ended.</summary>
    public static void EndNumber(ScannedRequest request, ScanRole role, ScanKey key, long plainInteger)
    {
        if (role == ScanRole.Root && key == ScanKey.MaxTokens)
        {
            request.MaxTokens = plainInteger;
        }
        else if (role == ScanRole.Thinking && key == ScanKey.BudgetTokens)
        {
            request.ThinkingBudget = plainInteger;
        }
    }

    private static void BeginAtRoot(ScannedRequest request, ScanKey key, JsonShape shape, long offset)
    {
        switch (key)
        {
            case ScanKey.Model:
                request.IsModelRepeated |= request.ModelShape != JsonShape.Absent;
                request.ModelShape = shape;
                request.ModelOffset = offset;
                break;
            case ScanKey.Messages:
                request.MessagesShape = shape;
                request.Messages = 0;
                request.FirstMessageEnd = 0;
                break;
            case ScanKey.System:
                request.SystemShape = shape;
                request.SystemOffset = offset;
                break;
            case ScanKey.MaxTokens:
                request.MaxTokensShape = shape;
                break;
            case ScanKey.Stream:
                request.StreamShape = shape;
                break;
            case ScanKey.Tools:
                request.Tools = request.ServerTools = 0;
                request.ToolsOffset = offset;
                break;
            case ScanKey.StopSequences:
                request.HasStopSequences = shape == JsonShape.Array;
                break;
            case ScanKey.OutputFormat:
                request.WantsJson |= shape != JsonShape.Null;
                break;
            case ScanKey.ToolChoice:
                request.HasToolChoice = shape != JsonShape.Null;
                break;
            case ScanKey.Thinking:
                request.Thinking = shape == JsonShape.Null ? ThinkingMode.Absent : ThinkingMode.Other;
                break;
        }
    }

    // Its own tools, and those that Anthropic describes and the client runs all the same.
    private static bool IsRunByClient(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("custom"u8) || type.StartsWith("bash_"u8) || type.StartsWith("text_editor_"u8) || type.StartsWith("memory_"u8) || type.StartsWith("computer_"u8);

    private static ThinkingMode ModeOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("enabled"u8) ? ThinkingMode.Enabled
        : text.SequenceEqual("adaptive"u8) ? ThinkingMode.Adaptive
        : text.SequenceEqual("disabled"u8) ? ThinkingMode.Disabled
        : ThinkingMode.Other;
}
