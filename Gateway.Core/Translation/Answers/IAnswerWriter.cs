using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Writes a message block by block: as a stream, or as one JSON object. Texts are handed over as they stand in JSON.</summary>
internal interface IAnswerWriter
{
    /// <summary>The open block.</summary>
    public BlockKind Open { get; }

    /// <summary>The message was begun.</summary>
    public bool HasStarted { get; }

    /// <summary>A block was begun.</summary>
    public bool HasContent { get; }

    /// <summary>A tool was called.</summary>
    public bool HasTool { get; }

    /// <summary>Nothing more may be written.</summary>
    public bool IsEnded { get; }

    /// <summary>Forgets the last message.</summary>
    public void Begin();

    /// <summary>Where the next bytes go.</summary>
    public void WriteTo(IBufferWriter<byte> output);

    /// <summary>Begins the message, once.</summary>
    public void Start(AnswerContext context);

    /// <summary>Begins a thinking or text block, unless one is open.</summary>
    public void Begin(BlockKind kind);

    /// <summary>Begins a tool block.</summary>
    public void BeginTool(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name);

    /// <summary>More of the open block.</summary>
    public void Add(ReadOnlySpan<byte> text);

    /// <summary>The signature of the open thinking block.</summary>
    public void Sign(ReadOnlySpan<byte> signature);

    /// <summary>Ends the open block.</summary>
    public void Close();

    /// <summary>Ends the message.</summary>
    public void End(ReadOnlySpan<byte> reason, ReadOnlySpan<byte> sequence, ReadOnlySpan<byte> refusal, in AnswerUsage usage);

    /// <summary>Ends with an error.</summary>
    public void Fail(string type, ReadOnlySpan<byte> message);
}
