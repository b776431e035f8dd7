using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Gateway.Core.Errors;

namespace Gateway.Core.Translation.Answers;

/// <summary>Writes the events of an answer in their legal order: one block open at a time, indices without gaps.</summary>
internal sealed class AnthropicStreamWriter
{
    // What stands before the text of a delta of the open block: the same for each.
    private readonly ArrayBufferWriter<byte> _delta = new(128);
    private AnswerContext _context = new();
    private IBufferWriter<byte> _output = new ArrayBufferWriter<byte>();
    private ulong _seed;
    private int _index;

    /// <summary><c>message_start</c> was written.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>A block was begun.</summary>
    public bool HasContent => _index >= 0;

    /// <summary>Nothing more will be written.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>The block that is open.</summary>
    public BlockKind Open { get; private set; }

    /// <summary>Prepares for an answer.</summary>
    public void Begin(AnswerContext context)
    {
        _context = context;
        Span<byte> random = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(random);
        _seed = context.Seed != 0 ? context.Seed : BitConverter.ToUInt64(random);
        _index = -1;
        HasStarted = IsEnded = false;
        Open = BlockKind.None;
    }

    /// <summary>Where the events go, until told otherwise.</summary>
    public void WriteTo(IBufferWriter<byte> output) => _output = output;

    /// <summary>Begins the message.</summary>
    public void Start()
    {
        if (HasStarted || IsEnded)
        {
            return;
        }

        HasStarted = true;
        _output.Write("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_"u8);
        WriteUnique(_output, 0);
        _output.Write("\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""u8);
        JsonText.WriteEscaped(_output, _context.ClientModel.Span);
        _output.Write("\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":"u8);
        WriteUsage(new AnswerUsage(Math.Max(1, _context.EstimatedInputTokens), 0, 0, 0));
        _output.Write("}}\n\n"u8);
    }

    /// <summary>Begins a block of text or thinking.</summary>
    public void OpenBlock(BlockKind kind)
    {
        WriteBlockStart(kind);
        _output.Write(kind == BlockKind.Text
            ? "{\"type\":\"text\",\"text\":\"\"}}\n\n"u8
            : "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n"u8);
    }

    /// <summary>Begins a call.</summary>
    public void OpenTool(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        WriteBlockStart(BlockKind.Tool);
        _output.Write("{\"type\":\"tool_use\",\"id\":\""u8);
        JsonText.WriteEscaped(_output, id);
        _output.Write("\",\"name\":\""u8);
        JsonText.WriteEscaped(_output, name);
        _output.Write("\",\"input\":{}}}\n\n"u8);
    }

    /// <summary>Adds to the open block.</summary>
    public void Delta(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        if (_delta.WrittenCount == 0)
        {
            WriteDeltaStart(_delta, Open switch
            {
                BlockKind.Text => "\"text_delta\",\"text\":\""u8,
                BlockKind.Thinking => "\"thinking_delta\",\"thinking\":\""u8,
                _ => "\"input_json_delta\",\"partial_json\":\""u8,
            });
        }

        _output.Write(_delta.WrittenSpan);
        JsonText.WriteEscaped(_output, text);
        _output.Write("\"}}\n\n"u8);
    }

    /// <summary>Signs the open block of thinking.</summary>
    public void Signature(ReadOnlySpan<byte> members)
    {
        WriteDeltaStart(_output, "\"signature_delta\",\"signature\":\""u8);
        ReasoningSignature.Pack(_context.ProviderName.Span, members, _output);
        _output.Write("\"}}\n\n"u8);
    }

    /// <summary>Ends the open block, if there is one.</summary>
    public void Close()
    {
        if (Open != BlockKind.None)
        {
            Open = BlockKind.None;
            _output.Write("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":"u8);
            WriteNumber(_index);
            _output.Write("}\n\n"u8);
        }
    }

    /// <summary>Ends the message.</summary>
    public void Finish(StopReason reason, ReadOnlySpan<byte> stopSequence, ReadOnlySpan<byte> explanation, AnswerUsage usage)
    {
        Start();
        Close();
        IsEnded = true;
        _output.Write("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""u8);
        _output.Write(FinishReasons.Name(reason));
        _output.Write("\",\"stop_sequence\":"u8);
        WriteTextOrNull(stopSequence);
        if (reason == StopReason.Refusal)
        {
            _output.Write(",\"stop_details\":{\"type\":\"refusal\",\"category\":null,\"explanation\":"u8);
            WriteTextOrNull(explanation);
            _output.Write("}"u8);
        }

        _output.Write("},\"usage\":"u8);
        WriteUsage(usage);
        _output.Write("}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
    }

    /// <summary>Ends the stream with an error, if it has begun. An open block stays open.</summary>
    public void Fail(AnthropicErrorType type, ReadOnlySpan<byte> message)
    {
        if (HasStarted && !IsEnded)
        {
            AnthropicError.WriteEvent(_output, type, message, default);
        }

        IsEnded = true;
    }

    /// <summary>Writes 24 characters for an id, the same for the same seed and number.</summary>
    public void WriteUnique(IBufferWriter<byte> output, int number)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> source = stackalloc byte[sizeof(ulong) + sizeof(int)];
        BitConverter.TryWriteBytes(source, _seed);
        BitConverter.TryWriteBytes(source[sizeof(ulong)..], number);
        SHA256.HashData(source, hash);
        Convert.TryToHexStringLower(hash[..12], output.GetSpan(24), out var written);
        output.Advance(written);
    }

    private void WriteBlockStart(BlockKind kind)
    {
        Start();
        Close();
        Open = kind;
        _index++;
        _delta.ResetWrittenCount();
        _output.Write("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":"u8);
        WriteNumber(_index);
        _output.Write(",\"content_block\":"u8);
    }

    private void WriteDeltaStart(IBufferWriter<byte> output, ReadOnlySpan<byte> kind)
    {
        output.Write("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"u8);
        WriteNumber(output, _index);
        output.Write(",\"delta\":{\"type\":"u8);
        output.Write(kind);
    }

    private void WriteUsage(AnswerUsage usage)
    {
        _output.Write("{\"input_tokens\":"u8);
        WriteNumber(usage.Input);
        _output.Write(",\"cache_creation_input_tokens\":"u8);
        WriteNumber(usage.CacheCreation);
        _output.Write(",\"cache_read_input_tokens\":"u8);
        WriteNumber(usage.CacheRead);
        _output.Write(",\"output_tokens\":"u8);
        WriteNumber(usage.Output);
        if (usage.Thinking > 0)
        {
            _output.Write(",\"output_tokens_details\":{\"thinking_tokens\":"u8);
            WriteNumber(usage.Thinking);
            _output.Write("}"u8);
        }

        _output.Write("}"u8);
    }

    private void WriteTextOrNull(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            _output.Write("null"u8);
            return;
        }

        _output.Write("\""u8);
        JsonText.WriteEscaped(_output, text);
        _output.Write("\""u8);
    }

    private void WriteNumber(long value) => WriteNumber(_output, value);

    private static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
    }
}
