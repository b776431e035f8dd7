using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Collects <c>reasoning_details</c> for the signature: pieces of one text are put together again. Reusable.</summary>
internal sealed class ReasoningDetails
{
    private readonly ArrayBufferWriter<byte> _members = new(1024);
    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private readonly ArrayBufferWriter<byte> _others = new(256);
    private readonly ArrayBufferWriter<byte> _type = new(32);
    private readonly ArrayBufferWriter<byte> _index = new(16);
    private bool _isSigned;

    /// <summary>There is nothing to remember.</summary>
    public bool IsEmpty => _members.WrittenCount == 0 && _type.WrittenCount == 0;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _members.ResetWrittenCount();
        ResetText();
    }

    /// <summary>Takes one detail, a JSON object.</summary>
    public void Add(ReadOnlySpan<byte> detail)
    {
        var type = JsonText.Content(JsonMembers.Find(detail, "type"u8));
        var member = type.SequenceEqual("reasoning.summary"u8) ? "summary"u8 : "text"u8;
        if (!type.SequenceEqual("reasoning.text"u8) && !type.SequenceEqual("reasoning.summary"u8))
        {
            EndText();
            Separate();
            _members.Write(detail);
            return;
        }

        if (!_type.WrittenSpan.SequenceEqual(type) || IsAnother(detail, member))
        {
            EndText();
            _type.Write(type);
        }

        TakeMembers(detail, member);
    }

    // A signature is for the text before it: what comes behind it, or under another index, is a text of its own.
    private bool IsAnother(ReadOnlySpan<byte> detail, ReadOnlySpan<byte> member)
    {
        var index = JsonMembers.Find(detail, "index"u8);
        var isOther = JsonText.HasValue(index) && _index.WrittenCount > 0 && !_index.WrittenSpan.SequenceEqual(index);
        return isOther || (_isSigned && !JsonText.Content(JsonMembers.Find(detail, member)).IsEmpty);
    }

    private void TakeMembers(ReadOnlySpan<byte> detail, ReadOnlySpan<byte> member)
    {
        var members = new JsonMembers(detail);
        while (members.Next())
        {
            if (members.Name.SequenceEqual(member))
            {
                _text.Write(JsonText.Content(members.Value));
            }
            else if (!members.Name.SequenceEqual("type"u8) && JsonText.HasValue(members.Value))
            {
                Keep(members.Name, members.Value);
            }
        }
    }

    /// <summary>The members of the signature's object.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        EndText();
        _members.Write("]"u8);
        return _members.WrittenSpan;
    }

    // Later values win: a signature comes with the last piece.
    private void Keep(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _isSigned |= name.SequenceEqual("signature"u8);
        if (name.SequenceEqual("index"u8))
        {
            _index.ResetWrittenCount();
            _index.Write(value);
        }

        _others.Write(",\""u8);
        _others.Write(name);
        _others.Write("\":"u8);
        _others.Write(value);
    }

    private void EndText()
    {
        if (_type.WrittenCount == 0)
        {
            return;
        }

        Separate();
        _members.Write("{\"type\":\""u8);
        _members.Write(_type.WrittenSpan);
        _members.Write(_type.WrittenSpan.EndsWith("summary"u8) ? "\",\"summary\":\""u8 : "\",\"text\":\""u8);
        _members.Write(_text.WrittenSpan);
        _members.Write("\""u8);
        WriteOthers();
        _members.Write("}"u8);
        ResetText();
    }

    // Each name once, with its last value.
    private void WriteOthers()
    {
        _others.Write("}"u8);
        Span<byte> first = [(byte)'{'];
        var json = _others.WrittenSpan;
        if (json.Length > 1)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(json.Length);
            json.CopyTo(buffer);
            buffer[0] = first[0];
            WriteLast(buffer.AsSpan(0, json.Length));
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void WriteLast(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> index = default, id = default, format = default, signature = default;
        var members = new JsonMembers(json);
        while (members.Next())
        {
            index = members.Name.SequenceEqual("index"u8) ? members.Value : index;
            id = members.Name.SequenceEqual("id"u8) ? members.Value : id;
            format = members.Name.SequenceEqual("format"u8) ? members.Value : format;
            signature = members.Name.SequenceEqual("signature"u8) ? members.Value : signature;
        }

        WriteMember(",\"id\":"u8, id);
        WriteMember(",\"format\":"u8, format);
        WriteMember(",\"index\":"u8, index);
        WriteMember(",\"signature\":"u8, signature);
    }

    private void WriteMember(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            _members.Write(name);
            _members.Write(value);
        }
    }

    private void Separate() =>
        _members.Write(_members.WrittenCount == 0 ? "\"reasoning_details\":["u8 : ","u8);

    private void ResetText()
    {
        _text.ResetWrittenCount();
        _others.ResetWrittenCount();
        _type.ResetWrittenCount();
        _index.ResetWrittenCount();
        _isSigned = false;
    }
}
