using System.Text.Json;

namespace Gateway.Core.Translation.Requests;

/// <summary>Gives a provider its own reasoning back. Another's is left out, unless the provider wants any.</summary>
internal sealed class ReplayWriter(TranslationContext context)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;

    /// <summary>Writes the members of an assistant's message in Chat Completions.</summary>
    public void WriteChat(int content)
    {
        if (context.Profile.ReasoningReplay is ReasoningReplay.ReasoningContent or ReasoningReplay.Reasoning)
        {
            WriteReasoning(content, context.Profile.ReasoningReplay == ReasoningReplay.Reasoning ? "reasoning"u8 : "reasoning_content"u8);
        }
        else if (context.Profile.ReasoningReplay == ReasoningReplay.ReasoningDetails)
        {
            WriteReasoningDetails(content);
        }
    }

    /// <summary>Writes the reasoning item of a thinking block in Responses, if it has one.</summary>
    public void WriteItem(int block)
    {
        if (context.Profile.ReasoningReplay == ReasoningReplay.Never || !Unpack(block))
        {
            return;
        }

        var json = context.Scratch.WrittenSpan;
        var encrypted = Member(json, "encrypted_content"u8);
        if (encrypted.IsEmpty)
        {
            return;
        }

        _output.BeginObject();
        _output.Name("type"u8);
        _output.Text("reasoning"u8);
        var id = Member(json, "id"u8);
        if (!id.IsEmpty)
        {
            _output.Name("id"u8);
            _output.Raw(id);
        }

        WriteSummary(_tape.Find(block, "thinking"u8));
        _output.Name("encrypted_content"u8);
        _output.Raw(encrypted);
        _output.EndObject();
    }

    private void WriteSummary(int thinking)
    {
        _output.Name("summary"u8);
        _output.BeginArray();
        if (_tape.HasText(thinking))
        {
            _output.BeginObject();
            _output.Name("type"u8);
            _output.Text("summary_text"u8);
            _output.Name("text"u8);
            _output.Text(_tape.Escaped(thinking));
            _output.EndObject();
        }

        _output.EndArray();
    }

    private void WriteReasoning(int content, ReadOnlySpan<byte> name)
    {
        var isOpen = false;
        for (var block = JsonTape.First(content); block < _tape.End(content); block = _tape.Next(block))
        {
            if (IsThinking(block) && (context.Profile.ReplaysForeignReasoning || Unpack(block)))
            {
                isOpen = isOpen || Open(name);
                _output.Piece(_tape.Escaped(_tape.Find(block, "thinking"u8)));
            }
        }

        if (isOpen || (context.Profile.ReplaysForeignReasoning && Open(name)))
        {
            _output.EndText();
        }
    }

    private bool Open(ReadOnlySpan<byte> name)
    {
        _output.Name(name);
        _output.BeginText();
        return true;
    }

    private void WriteReasoningDetails(int content)
    {
        var isOpen = false;
        for (var block = JsonTape.First(content); block < _tape.End(content); block = _tape.Next(block))
        {
            if (!IsThinking(block))
            {
                continue;
            }

            var details = Unpack(block) ? Member(context.Scratch.WrittenSpan, "reasoning_details"u8) : default;
            var elements = details is [(byte)'[', .. var inner, (byte)']'] ? inner.Trim(" \t\r\n"u8) : default;
            if (elements.IsEmpty && context.Scratch.WrittenCount == 0 && !context.Profile.ReplaysForeignReasoning)
            {
                continue;
            }

            if (!isOpen)
            {
                _output.Name("reasoning_details"u8);
                _output.BeginArray();
                isOpen = true;
            }

            WriteDetails(block, elements);
        }

        if (isOpen)
        {
            _output.EndArray();
        }
    }

    private void WriteDetails(int block, ReadOnlySpan<byte> elements)
    {
        if (!elements.IsEmpty)
        {
            _output.Raw(elements);
            return;
        }

        var thinking = _tape.Find(block, "thinking"u8);
        if (_tape.HasText(thinking))
        {
            _output.BeginObject();
            _output.Name("type"u8);
            _output.Text("reasoning.text"u8);
            _output.Name("text"u8);
            _output.Text(_tape.Escaped(thinking));
            _output.EndObject();
        }
    }

    private bool IsThinking(int block) => _tape.Is(_tape.Find(block, "type"u8), "thinking"u8);

    // Into the scratch buffer, which stays empty if the block isn't this provider's.
    private bool Unpack(int block)
    {
        context.Scratch.ResetWrittenCount();
        var signature = _tape.Text(_tape.Find(block, "signature"u8));
        return ReasoningSignature.TryUnpack(signature, context.ProviderName, context.Scratch);
    }

    // The unpacked object has been read once already, so it is JSON.
    private static ReadOnlySpan<byte> Member(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isIt)
            {
                return reader.TokenType == JsonTokenType.Null ? default : json[start..(int)reader.BytesConsumed];
            }
        }

        return default;
    }
}
