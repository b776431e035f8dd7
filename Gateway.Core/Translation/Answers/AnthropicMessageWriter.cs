using System.Buffers;
using System.Buffers.Text;

namespace Gateway.Core.Translation.Answers;

/// <summary>Writes the same message as one JSON object, when it is whole.</summary>
/// <remarks>Source: platform.claude.com/docs/en/api/messages, the shape of an answer.</remarks>
internal sealed class AnthropicMessageWriter : IAnswerWriter
{
    private readonly ArrayBufferWriter<byte> _content = new(1024);
    private readonly ArrayBufferWriter<byte> _arguments = new(256);
    private readonly ArrayBufferWriter<byte> _signature = new(64);
    private IBufferWriter<byte> _output = null!;
    private AnswerContext _context = null!;
    private int _blocks;

    public BlockKind Open { get; private set; }

    public bool HasStarted { get; private set; }

    public bool HasContent => _blocks > 0;

    public bool HasTool { get; private set; }

    public bool IsEnded { get; private set; }

    public void Begin()
    {
        _content.ResetWrittenCount();
        _blocks = 0;
        Open = BlockKind.None;
        HasStarted = HasTool = IsEnded = false;
    }

    public void WriteTo(IBufferWriter<byte> output) => _output = output;

    public void Start(AnswerContext context)
    {
        HasStarted = true;
        _context = context;
    }

    public void Begin(BlockKind kind)
    {
        if (Open == kind)
        {
            return;
        }

        Close();
        BeginBlock(kind);
        _content.Write(kind == BlockKind.Text ? "{\"type\":\"text\",\"text\":\""u8 : "{\"type\":\"thinking\",\"thinking\":\""u8);
    }

    public void BeginTool(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        Close();
        BeginBlock(BlockKind.Tool);
        HasTool = true;
        _content.Write("{\"type\":\"tool_use\",\"id\":\""u8);
        _content.Write(id);
        _content.Write("\",\"name\":\""u8);
        _content.Write(name);
        _content.Write("\",\"input\":"u8);
    }

    public void Add(ReadOnlySpan<byte> text) => (Open == BlockKind.Tool ? _arguments : _content).Write(text);

    public void Sign(ReadOnlySpan<byte> signature) => _signature.Write(signature);

    public void Close()
    {
        switch (Open)
        {
            case BlockKind.Text:
                _content.Write("\"}"u8);
                break;
            case BlockKind.Thinking:
                _content.Write("\",\"signature\":\""u8);
                _content.Write(_signature.WrittenSpan);
                _content.Write("\"}"u8);
                break;
            case BlockKind.Tool:
                WriteInput();
                _content.Write("}"u8);
                break;
        }

        Open = BlockKind.None;
    }

    public void End(ReadOnlySpan<byte> reason, ReadOnlySpan<byte> sequence, ReadOnlySpan<byte> refusal, in AnswerUsage usage)
    {
        Close();
        IsEnded = true;
        Put("{\"id\":\"msg_"u8);
        Put(_context.MessageId.Span);
        Put("\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""u8);
        Put(_context.ClientModel.Span);
        Put("\",\"content\":["u8);
        Put(_content.WrittenSpan);
        Put("],\"stop_reason\":\""u8);
        Put(reason);
        Put("\",\"stop_sequence\":"u8);
        PutText(sequence);
        if (reason.SequenceEqual("refusal"u8))
        {
            Put(",\"stop_details\":{\"type\":\"refusal\",\"category\":null,\"explanation\":"u8);
            PutText(refusal);
            Put("}"u8);
        }

        Put(",\"usage\":{\"input_tokens\":"u8);
        Put(usage.Input);
        Put(",\"cache_creation_input_tokens\":"u8);
        Put(usage.CacheCreation);
        Put(",\"cache_read_input_tokens\":"u8);
        Put(usage.CacheRead);
        Put(",\"output_tokens\":"u8);
        Put(usage.Output);
        Put("}}"u8);
    }

    // The caller answers with an error instead.
    public void Fail(string type, ReadOnlySpan<byte> message) => IsEnded = true;

    private void BeginBlock(BlockKind kind)
    {
        if (_blocks++ > 0)
        {
            _content.Write(","u8);
        }

        Open = kind;
        _arguments.ResetWrittenCount();
        _signature.ResetWrittenCount();
    }

    // An input is an object: what is none is handed over as the text it is, so that the client's own check refuses it in words the model can act on.
    private void WriteInput()
    {
        var raw = _arguments.WrittenSpan;
        if (RawText.IsBlank(raw))
        {
            _content.Write("{}"u8);
            return;
        }

        var text = new ArrayBufferWriter<byte>(raw.Length);
        RawText.Unescape(raw, text);
        if (text.WrittenSpan.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && JsonMembers.IsValid(text.WrittenSpan))
        {
            _content.Write(text.WrittenSpan);
            return;
        }

        _content.Write("{\"_invalid_arguments\":\""u8);
        _content.Write(raw);
        _content.Write("\"}"u8);
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
