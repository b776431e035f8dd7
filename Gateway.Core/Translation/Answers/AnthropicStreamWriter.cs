using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;

namespace Gateway.Core.Translation.Answers;

/// <summary>Kinds of content blocks.</summary>
internal enum BlockKind : byte
{
    None,
    Thinking,
    Text,
    Tool,
}

/// <summary>Writes a stream in the order that Anthropic's clients demand: one message_start, one block open at a time, indices without gaps, one end.</summary>
/// <remarks>Texts are handed over as they stand in JSON, escapes and all, and go out as they are. Source: platform.claude.com/docs/en/build-with-claude/streaming.</remarks>
internal sealed class AnthropicStreamWriter : IAnswerWriter
{
    private const int EscapeBlock = 256;

    private IBufferWriter<byte> _output = null!;
    private int _index;

    /// <summary>The open block.</summary>
    public BlockKind Open { get; private set; }

    /// <summary>message_start was written.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>A block was begun.</summary>
    public bool HasContent => _index > 0 || Open != BlockKind.None;

    /// <summary>A tool was called.</summary>
    public bool HasTool { get; private set; }

    /// <summary>Nothing more may be written.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Forgets the last message.</summary>
    public void Begin()
    {
        _index = 0;
        Open = BlockKind.None;
        HasStarted = HasTool = IsEnded = false;
    }

    /// <summary>Where the next events go.</summary>
    public void WriteTo(IBufferWriter<byte> output) => _output = output;

    /// <summary>message_start, once.</summary>
    public void Start(AnswerContext context)
    {
        if (HasStarted)
        {
            return;
        }

        HasStarted = true;
        Put("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_"u8);
        Put(context.MessageId.Span);
        Put("\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""u8);
        Put(context.ClientModel.Span);
        Put("\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":"u8);
        Put(Math.Max(1, context.EstimatedInputTokens));
        Put(",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":1}}}\n\n"u8);
    }

    /// <summary>Begins a thinking or text block, unless one is open.</summary>
    public void Begin(BlockKind kind)
    {
        if (Open == kind)
        {
            return;
        }

        Close();
        BeginBlock(kind);
        Put(kind == BlockKind.Text ? "{\"type\":\"text\",\"text\":\"\"}}\n\n"u8 : "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n"u8);
    }

    /// <summary>Begins a tool block.</summary>
    public void BeginTool(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        Close();
        BeginBlock(BlockKind.Tool);
        HasTool = true;
        Put("{\"type\":\"tool_use\",\"id\":\""u8);
        Put(id);
        Put("\",\"name\":\""u8);
        Put(name);
        Put("\",\"input\":{}}}\n\n"u8);
    }

    /// <summary>More of the open block.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        BeginDelta();
        Put(Open switch
        {
            BlockKind.Text => "{\"type\":\"text_delta\",\"text\":\""u8,
            BlockKind.Thinking => "{\"type\":\"thinking_delta\",\"thinking\":\""u8,
            _ => "{\"type\":\"input_json_delta\",\"partial_json\":\""u8,
        });
        Put(text);
        Put("\"}}\n\n"u8);
    }

    /// <summary>The signature of the open thinking block.</summary>
    public void Sign(ReadOnlySpan<byte> signature)
    {
        BeginDelta();
        Put("{\"type\":\"signature_delta\",\"signature\":\""u8);
        Put(signature);
        Put("\"}}\n\n"u8);
    }

    /// <summary>Ends the open block.</summary>
    public void Close()
    {
        if (Open == BlockKind.None)
        {
            return;
        }

        Put("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":"u8);
        Put(_index++);
        Put("}\n\n"u8);
        Open = BlockKind.None;
    }

    /// <summary>message_delta and message_stop.</summary>
    /// <param name="reason">Why the model stopped.</param>
    /// <param name="sequence">The stop sequence it hit, as JSON text; empty for none.</param>
    /// <param name="refusal">Its words of refusal, as JSON text; only with a refusal.</param>
    /// <param name="usage">The tokens.</param>
    public void End(ReadOnlySpan<byte> reason, ReadOnlySpan<byte> sequence, ReadOnlySpan<byte> refusal, in AnswerUsage usage)
    {
        Close();
        IsEnded = true;
        Put("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""u8);
        Put(reason);
        Put("\",\"stop_sequence\":"u8);
        PutText(sequence);
        if (reason.SequenceEqual("refusal"u8))
        {
            Put(",\"stop_details\":{\"type\":\"refusal\",\"category\":null,\"explanation\":"u8);
            PutText(refusal);
            Put("}"u8);
        }

        Put("},\"usage\":{\"input_tokens\":"u8);
        Put(usage.Input);
        Put(",\"cache_creation_input_tokens\":"u8);
        Put(usage.CacheCreation);
        Put(",\"cache_read_input_tokens\":"u8);
        Put(usage.CacheRead);
        Put(",\"output_tokens\":"u8);
        Put(usage.Output);
        Put("}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
    }

    /// <summary>An error; the open block stays open, since nobody may take it for whole.</summary>
    public void Fail(string type, ReadOnlySpan<byte> message)
    {
        IsEnded = true;
        Put("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\""u8);
        foreach (var letter in type)
        {
            Put([(byte)letter]);
        }

        Put("\",\"message\":\""u8);
        while (!message.IsEmpty)
        {
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(message, _output.GetSpan(EscapeBlock), out var read, out var written);
            _output.Advance(written);
            message = message[read..];
        }

        Put("\"}}\n\n"u8);
    }

    private void BeginBlock(BlockKind kind)
    {
        Open = kind;
        Put("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":"u8);
        Put(_index);
        Put(",\"content_block\":"u8);
    }

    private void BeginDelta()
    {
        Put("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"u8);
        Put(_index);
        Put(",\"delta\":"u8);
    }

    private void PutText(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            Put("null"u8);
            return;
        }

        Put("\""u8);
        Put(text);
        Put("\""u8);
    }

    private void Put(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    private void Put(long number)
    {
        var span = _output.GetSpan(20);
        _ = Utf8Formatter.TryFormat(number, span, out var written);
        _output.Advance(written);
    }
}
