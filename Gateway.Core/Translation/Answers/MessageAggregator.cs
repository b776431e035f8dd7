using System.Buffers;
using System.Text.Json;
using Gateway.Core.Translation.Sse;

namespace Gateway.Core.Translation.Answers;

/// <summary>Anthropic's events, as <see cref="StreamTranslator"/> writes them, to one message. Reusable.</summary>
public sealed class MessageAggregator
{
    private readonly SseReader _sse = new();
    private readonly ArrayBufferWriter<byte> _start = new(256);
    private readonly ArrayBufferWriter<byte> _content = new(4096);
    private readonly ArrayBufferWriter<byte> _end = new(256);
    private readonly ArrayBufferWriter<byte> _arguments = new(1024);
    private readonly ArrayBufferWriter<byte> _signature = new(256);
    private BlockKind _kind;
    private int _broken;
    private bool _isComplete;
    private char _high;

    /// <summary>Prepares for a message.</summary>
    public void Begin()
    {
        _sse.Reset();
        _start.ResetWrittenCount();
        _content.ResetWrittenCount();
        _end.ResetWrittenCount();
        _broken = -1;
        _isComplete = false;
    }

    /// <summary>Takes events, cut anywhere.</summary>
    public void Feed(ReadOnlySpan<byte> events)
    {
        while (_sse.Read(ref events))
        {
            Take(_sse.Data);
        }
    }

    /// <summary>Writes the message; false, and nothing written, if the events did not end as they should.</summary>
    public bool TryWrite(IBufferWriter<byte> client)
    {
        if (!_isComplete)
        {
            return false;
        }

        client.Write(_start.WrittenSpan);
        client.Write(",\"content\":["u8);
        client.Write(_content.WrittenSpan);
        client.Write("]"u8);
        client.Write(_end.WrittenSpan);
        client.Write("}"u8);
        return true;
    }

    private void Take(ReadOnlySpan<byte> data)
    {
        var type = JsonText.Content(JsonMembers.Find(data, "type"u8));
        switch (type)
        {
            case var _ when type.SequenceEqual("message_start"u8):
                TakeStart(JsonMembers.Find(data, "message"u8));
                break;
            case var _ when type.SequenceEqual("content_block_start"u8):
                OpenBlock(JsonMembers.Find(data, "content_block"u8));
                break;
            case var _ when type.SequenceEqual("content_block_delta"u8):
                TakeDelta(JsonMembers.Find(data, "delta"u8));
                break;
            case var _ when type.SequenceEqual("content_block_stop"u8):
                CloseBlock();
                break;
            case var _ when type.SequenceEqual("message_delta"u8):
                TakeEnd(JsonMembers.Find(data, "delta"u8), JsonMembers.Find(data, "usage"u8));
                break;
            case var _ when type.SequenceEqual("message_stop"u8):
                _isComplete = true;
                break;
        }
    }

    private void TakeStart(ReadOnlySpan<byte> message)
    {
        _start.Write("{\"id\":"u8);
        _start.Write(JsonMembers.Find(message, "id"u8));
        _start.Write(",\"type\":\"message\",\"role\":\"assistant\",\"model\":"u8);
        _start.Write(JsonMembers.Find(message, "model"u8));
    }

    private void OpenBlock(ReadOnlySpan<byte> block)
    {
        var type = JsonText.Content(JsonMembers.Find(block, "type"u8));
        _arguments.ResetWrittenCount();
        _signature.ResetWrittenCount();
        _high = '\0';
        _broken = _content.WrittenCount;
        if (_content.WrittenCount > 0)
        {
            _content.Write(","u8);
        }

        if (type.SequenceEqual("tool_use"u8))
        {
            _kind = BlockKind.Tool;
            _content.Write("{\"type\":\"tool_use\",\"id\":"u8);
            _content.Write(JsonMembers.Find(block, "id"u8));
            _content.Write(",\"name\":"u8);
            _content.Write(JsonMembers.Find(block, "name"u8));
            _content.Write(",\"input\":"u8);
            return;
        }

        _kind = type.SequenceEqual("thinking"u8) ? BlockKind.Thinking : BlockKind.Text;
        _content.Write(_kind == BlockKind.Thinking ? "{\"type\":\"thinking\",\"thinking\":\""u8 : "{\"type\":\"text\",\"text\":\""u8);
    }

    private void TakeDelta(ReadOnlySpan<byte> delta)
    {
        var members = new JsonMembers(delta);
        while (members.Next())
        {
            if (members.Name.SequenceEqual("text"u8) || members.Name.SequenceEqual("thinking"u8))
            {
                _content.Write(JsonText.Content(members.Value));
            }
            else if (members.Name.SequenceEqual("partial_json"u8))
            {
                JsonText.Unescape(JsonText.Content(members.Value), _arguments, ref _high);
            }
            else if (members.Name.SequenceEqual("signature"u8))
            {
                _signature.ResetWrittenCount();
                _signature.Write(JsonText.Content(members.Value));
            }
        }
    }

    private void CloseBlock()
    {
        if (_kind == BlockKind.Tool)
        {
            CloseTool();
            return;
        }

        _broken = -1;
        _content.Write("\""u8);
        if (_kind == BlockKind.Thinking)
        {
            _content.Write(",\"signature\":\""u8);
            _content.Write(_signature.WrittenSpan);
            _content.Write("\""u8);
        }

        _content.Write("}"u8);
    }

    // An input must be an object: arguments that are none travel inside one, for the model to see what it wrote.
    private void CloseTool()
    {
        var arguments = _arguments.WrittenSpan.Trim(" \t\r\n"u8);
        if (arguments.IsEmpty || IsWholeObject(arguments))
        {
            _broken = -1;
            _content.Write(arguments.IsEmpty ? "{}"u8 : arguments);
        }
        else
        {
            _content.Write("{\"raw_arguments\":\""u8);
            JsonText.WriteEscaped(_content, arguments);
            _content.Write("\"}"u8);
        }

        _content.Write("}"u8);
    }

    private void TakeEnd(ReadOnlySpan<byte> delta, ReadOnlySpan<byte> usage)
    {
        var reason = JsonMembers.Find(delta, "stop_reason"u8);
        if (_broken >= 0 && JsonText.Content(reason).SequenceEqual("max_tokens"u8))
        {
            // The limit cut the call: it is no call.
            var length = _broken;
            _content.ResetWrittenCount();
            _content.Advance(length);
        }

        var members = new JsonMembers(delta);
        while (members.Next())
        {
            _end.Write(",\""u8);
            _end.Write(members.Name);
            _end.Write("\":"u8);
            _end.Write(members.Value);
        }

        _end.Write(",\"usage\":"u8);
        _end.Write(usage);
    }

    private static bool IsWholeObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var members = new JsonMembers(json);
            while (members.Next())
            {
            }

            return JsonText.IsObject(json);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
