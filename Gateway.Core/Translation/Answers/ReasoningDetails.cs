using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>What a provider wants back with its reasoning in the next turn: gathered from pieces, packed into the block's signature.</summary>
internal sealed class ReasoningDetails
{
    private readonly ArrayBufferWriter<byte> _items = new(512);
    private readonly ArrayBufferWriter<byte> _type = new(32);
    private readonly ArrayBufferWriter<byte> _text = new(512);
    private readonly ArrayBufferWriter<byte> _rest = new(256);
    private readonly ArrayBufferWriter<byte> _index = new(8);
    private bool _isOpen;

    /// <summary>Something is there.</summary>
    public bool Any => _isOpen || _items.WrittenCount > 0;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _items.ResetWrittenCount();
        _isOpen = false;
    }

    /// <summary>Adds an item; pieces of one text become one item.</summary>
    public void Add(ReadOnlySpan<byte> item)
    {
        var type = RawText.Of(JsonMembers.Find(item, "type"u8));
        var index = JsonMembers.Find(item, "index"u8);
        var name = type.SequenceEqual("reasoning.text"u8) ? "text"u8 : type.SequenceEqual("reasoning.summary"u8) ? "summary"u8 : default;
        if (name.IsEmpty)
        {
            Flush();
            Separate();
            _items.Write(item);
            return;
        }

        if (!_isOpen || !type.SequenceEqual(_type.WrittenSpan) || !index.SequenceEqual(_index.WrittenSpan))
        {
            Flush();
            Open(type, index);
        }

        _text.Write(RawText.Of(JsonMembers.Find(item, name)));
        KeepRest(item, name);
    }

    /// <summary>Writes the members of the packed object.</summary>
    public void WriteMembers(IBufferWriter<byte> output)
    {
        Flush();
        output.Write("\"reasoning_details\":["u8);
        output.Write(_items.WrittenSpan);
        output.Write("]"u8);
    }

    private void Open(ReadOnlySpan<byte> type, ReadOnlySpan<byte> index)
    {
        _isOpen = true;
        _type.ResetWrittenCount();
        _type.Write(type);
        _index.ResetWrittenCount();
        _index.Write(index);
        _text.ResetWrittenCount();
        _rest.ResetWrittenCount();
    }

    // The signature comes with the last piece, the other members with each: the last one that says something counts.
    private void KeepRest(ReadOnlySpan<byte> item, ReadOnlySpan<byte> name)
    {
        var members = new JsonMembers(item);
        var hasNews = false;
        while (members.Next())
        {
            hasNews |= members.Name.SequenceEqual("signature"u8) && !members.Value.SequenceEqual("null"u8);
        }

        if (_rest.WrittenCount > 0 && !hasNews)
        {
            return;
        }

        _rest.ResetWrittenCount();
        members = new JsonMembers(item);
        while (members.Next())
        {
            if (!members.Name.SequenceEqual(name) && !members.Name.SequenceEqual("type"u8) && !members.Value.SequenceEqual("null"u8))
            {
                _rest.Write(",\""u8);
                _rest.Write(members.Name);
                _rest.Write("\":"u8);
                _rest.Write(members.Value);
            }
        }
    }

    private void Flush()
    {
        if (!_isOpen)
        {
            return;
        }

        _isOpen = false;
        Separate();
        _items.Write("{\"type\":\""u8);
        _items.Write(_type.WrittenSpan);
        _items.Write(_type.WrittenSpan.SequenceEqual("reasoning.text"u8) ? "\",\"text\":\""u8 : "\",\"summary\":\""u8);
        _items.Write(_text.WrittenSpan);
        _items.Write("\""u8);
        _items.Write(_rest.WrittenSpan);
        _items.Write("}"u8);
    }

    private void Separate()
    {
        if (_items.WrittenCount > 0)
        {
            _items.Write(","u8);
        }
    }
}
