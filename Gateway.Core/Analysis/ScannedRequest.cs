namespace Gateway.Core.Analysis;

/// <summary>What kind of JSON stands in a field.</summary>
public enum JsonShape : byte
{
    /// <summary>The field is not there.</summary>
    Absent,

    /// <summary>A string.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>true.</summary>
    True,

    /// <summary>false.</summary>
    False,

    /// <summary>null.</summary>
    Null,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,
}

/// <summary>The thinking that a request asks for.</summary>
public enum ThinkingMode : byte
{
    /// <summary>The field is not there.</summary>
    Absent,

    /// <summary>Switched off.</summary>
    Disabled,

    /// <summary>With a budget.</summary>
    Enabled,

    /// <summary>As much as the model finds right.</summary>
    Adaptive,

    /// <summary>A mode of a later release.</summary>
    Other,
}

/// <summary>What a request asks for, as far as the gateway must know it. Reused with its scanner.</summary>
/// <remarks>Fields: platform.claude.com/docs/en/api/messages. Roles, block types and fields are open sets: nothing else is looked at.</remarks>
public sealed class ScannedRequest
{
    /// <summary>Longest model name in bytes.</summary>
    public const int MaxModelBytes = 256;

    private readonly byte[] _model = new byte[MaxModelBytes];
    private int _modelBytes;

    /// <summary>Kind of the model field.</summary>
    public JsonShape ModelShape { get; internal set; }

    /// <summary>The model's name, unescaped; empty without one.</summary>
    public ReadOnlySpan<byte> Model => _model.AsSpan(0, _modelBytes);

    /// <summary>Where the model's JSON string begins in the body, its quote included.</summary>
    public long ModelOffset { get; internal set; }

    /// <summary>Length of that string, both quotes included.</summary>
    public long ModelLength { get; internal set; }

    /// <summary>The model field came more than once: two readers could disagree on which counts.</summary>
    public bool IsModelRepeated { get; internal set; }

    /// <summary>The model's name is longer than <see cref="MaxModelBytes"/>.</summary>
    public bool IsModelTooLong { get; internal set; }

    /// <summary>Kind of the messages field.</summary>
    public JsonShape MessagesShape { get; internal set; }

    /// <summary>Elements of messages.</summary>
    public int Messages { get; internal set; }

    /// <summary>Kind of the system field.</summary>
    public JsonShape SystemShape { get; internal set; }

    /// <summary>Kind of the max_tokens field.</summary>
    public JsonShape MaxTokensShape { get; internal set; }

    /// <summary>max_tokens; -1 where it is no non-negative integer.</summary>
    public long MaxTokens { get; internal set; }

    /// <summary>Kind of the stream field.</summary>
    public JsonShape StreamShape { get; internal set; }

    /// <summary>The answer is to be streamed.</summary>
    public bool IsStreaming => StreamShape == JsonShape.True;

    /// <summary>The thinking asked for.</summary>
    public ThinkingMode Thinking { get; internal set; }

    /// <summary>budget_tokens of thinking; -1 without one.</summary>
    public long ThinkingBudget { get; internal set; }

    /// <summary>Elements of tools.</summary>
    public int Tools { get; internal set; }

    /// <summary>Tools that the provider runs: those with a type other than custom.</summary>
    public int ServerTools { get; internal set; }

    /// <summary>tool_choice is there.</summary>
    public bool HasToolChoice { get; internal set; }

    /// <summary>output_config.format is there: the answer is to be JSON.</summary>
    public bool WantsJson { get; internal set; }

    /// <summary>Image blocks, at any depth of messages and system.</summary>
    public int Images { get; internal set; }

    /// <summary>Document blocks, likewise.</summary>
    public int Documents { get; internal set; }

    /// <summary>Blocks of thinking in the messages, redacted ones included.</summary>
    public int ThinkingBlocks { get; internal set; }

    /// <summary>Bytes of the body.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Bytes of images and files inside the body, as base64 text: they are no prompt text.</summary>
    public long MediaBytes { get; internal set; }

    /// <summary>stop_sequences is there.</summary>
    public bool HasStopSequences { get; internal set; }

    /// <summary>Hash of metadata.user_id; 0 without one.</summary>
    public ulong UserHash { get; internal set; }

    internal long SystemOffset { get; set; }

    internal long SystemEnd { get; set; }

    internal long ToolsOffset { get; set; }

    internal long ToolsEnd { get; set; }

    internal long FirstMessageOffset { get; set; }

    internal long FirstMessageEnd { get; set; }

    internal void Reset()
    {
        _modelBytes = 0;
        ModelShape = MessagesShape = SystemShape = MaxTokensShape = StreamShape = JsonShape.Absent;
        ModelOffset = ModelLength = Bytes = 0;
        IsModelRepeated = IsModelTooLong = HasToolChoice = WantsJson = false;
        Messages = Tools = ServerTools = Images = Documents = ThinkingBlocks = 0;
        MaxTokens = ThinkingBudget = -1;
        MediaBytes = SystemOffset = SystemEnd = ToolsOffset = ToolsEnd = FirstMessageOffset = FirstMessageEnd = 0;
        HasStopSequences = false;
        UserHash = 0;
        Thinking = ThinkingMode.Absent;
    }

    internal void SetModel(ReadOnlySpan<byte> name, bool isTooLong)
    {
        IsModelTooLong = isTooLong || name.Length > MaxModelBytes;
        _modelBytes = IsModelTooLong ? 0 : name.Length;
        name[.._modelBytes].CopyTo(_model);
    }
}
