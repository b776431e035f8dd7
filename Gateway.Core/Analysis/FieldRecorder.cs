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
        key == ScanKey.Type || (key == ScanKey.Model && role == ScanRole.Root);

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
                break;
            case ScanRole.Tool:
                request.ServerTools += text.SequenceEqual("custom"u8) ? 0 : 1;
                break;
            case ScanRole.Thinking:
                request.Thinking = ModeOf(text);
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
                break;
            case ScanKey.System:
                request.SystemShape = shape;
                break;
            case ScanKey.MaxTokens:
                request.MaxTokensShape = shape;
                break;
            case ScanKey.Stream:
                request.StreamShape = shape;
                break;
            case ScanKey.Tools:
                request.Tools = request.ServerTools = 0;
                break;
            case ScanKey.ToolChoice:
                request.HasToolChoice = shape != JsonShape.Null;
                break;
            case ScanKey.Thinking:
                request.Thinking = shape == JsonShape.Null ? ThinkingMode.Absent : ThinkingMode.Other;
                break;
        }
    }

    private static ThinkingMode ModeOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("enabled"u8) ? ThinkingMode.Enabled
        : text.SequenceEqual("adaptive"u8) ? ThinkingMode.Adaptive
        : text.SequenceEqual("disabled"u8) ? ThinkingMode.Disabled
        : ThinkingMode.Other;
}
