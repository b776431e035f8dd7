using System.Buffers.Text;

namespace Gateway.Core.Translation.Answers;

/// <summary>The members of a delta, or of a whole message, that mean something; slices of its JSON.</summary>
internal readonly ref struct ChatDelta
{
    private readonly ReadOnlySpan<byte> _content;
    private readonly ReadOnlySpan<byte> _reasoningContent;
    private readonly ReadOnlySpan<byte> _reasoning;
    private readonly ReadOnlySpan<byte> _reasoningText;
    private readonly ReadOnlySpan<byte> _details;
    private readonly ReadOnlySpan<byte> _refusal;
    private readonly ReadOnlySpan<byte> _calls;
    private readonly ReadOnlySpan<byte> _call;

    /// <summary>Finds them.</summary>
    public ChatDelta(ReadOnlySpan<byte> json)
    {
        var members = new JsonMembers(json);
        while (members.Next())
        {
            var name = members.Name;
            var value = members.Value;
            if (name.SequenceEqual("content"u8))
            {
                _content = value;
            }
            else if (name.SequenceEqual("reasoning_content"u8))
            {
                _reasoningContent = value;
            }
            else if (name.SequenceEqual("reasoning"u8))
            {
                _reasoning = value;
            }
            else if (name.SequenceEqual("reasoning_text"u8))
            {
                _reasoningText = value;
            }
            else if (name.SequenceEqual("reasoning_details"u8))
            {
                _details = value;
            }
            else if (name.SequenceEqual("refusal"u8))
            {
                _refusal = value;
            }
            else if (name.SequenceEqual("tool_calls"u8))
            {
                _calls = value;
            }
            else if (name.SequenceEqual("function_call"u8))
            {
                _call = value;
            }
        }
    }

    /// <summary>Hands them over in their order.</summary>
    public void ReadInto(AnswerBuilder builder)
    {
        var reasoning = First(TextOf(_reasoningContent), TextOf(_reasoning), TextOf(_reasoningText));
        if (!reasoning.IsEmpty)
        {
            builder.AddReasoning(reasoning);
        }

        ReadDetails(builder, isTold: !reasoning.IsEmpty);
        ReadContent(builder);
        builder.AddRefusal(RawText.Of(_refusal));
        ReadCalls(builder);
    }

    // Some tell the same reasoning twice; once is enough.
    private void ReadDetails(AnswerBuilder builder, bool isTold)
    {
        var items = new JsonMembers(_details);
        while (items.Next())
        {
            var text = First(TextOf(JsonMembers.Find(items.Value, "text"u8)), TextOf(JsonMembers.Find(items.Value, "summary"u8)), default);
            if (!isTold && !text.IsEmpty)
            {
                builder.AddReasoning(text);
            }

            builder.AddDetail(items.Value);
        }
    }

    private void ReadContent(AnswerBuilder builder)
    {
        if (_content is [(byte)'"', ..])
        {
            builder.AddText(RawText.Of(_content));
            return;
        }

        var parts = new JsonMembers(_content is [(byte)'[', ..] ? _content : default);
        while (parts.Next())
        {
            var thinking = JsonMembers.Find(parts.Value, "thinking"u8);
            if (thinking.IsEmpty)
            {
                builder.AddText(TextOf(parts.Value));
                continue;
            }

            var pieces = new JsonMembers(thinking is [(byte)'[', ..] ? thinking : default);
            builder.AddReasoning(RawText.Of(thinking));
            while (pieces.Next())
            {
                builder.AddReasoning(TextOf(pieces.Value));
            }
        }
    }

    private void ReadCalls(AnswerBuilder builder)
    {
        var calls = new JsonMembers(_calls is [(byte)'[', ..] ? _calls : default);
        for (var position = 0; calls.Next(); position++)
        {
            var index = JsonMembers.Find(calls.Value, "index"u8);
            var function = JsonMembers.Find(calls.Value, "function"u8);
            ReadCall(
                builder, Utf8Parser.TryParse(index, out int number, out var used) && used == index.Length ? number : -1, position,
                RawText.Of(JsonMembers.Find(calls.Value, "id"u8)), function);
        }

        if (_call is [(byte)'{', ..])
        {
            ReadCall(builder, 0, 0, default, _call);
        }
    }

    private static void ReadCall(AnswerBuilder builder, int index, int position, ReadOnlySpan<byte> id, ReadOnlySpan<byte> function)
    {
        var arguments = JsonMembers.Find(function, "arguments"u8);
        var name = RawText.Of(JsonMembers.Find(function, "name"u8));
        if (arguments is [(byte)'{', ..])
        {
            // An object where a text belongs: its own text is what was meant.
            builder.AddCall(index, position, id, name, JsonTexts.Escape(arguments));
            return;
        }

        builder.AddCall(index, position, id, name, RawText.Of(arguments));
    }

    // A string, or an object with a text.
    private static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> value) =>
        value is [(byte)'{', ..] ? RawText.Of(JsonMembers.Find(value, "text"u8)) : RawText.Of(value);

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> one, ReadOnlySpan<byte> two, ReadOnlySpan<byte> three) =>
        !one.IsEmpty ? one : !two.IsEmpty ? two : three;
}
