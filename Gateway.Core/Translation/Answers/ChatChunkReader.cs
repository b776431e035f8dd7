namespace Gateway.Core.Translation.Answers;

/// <summary>Reads one chunk of a Chat Completions stream, or a whole completion, into the message that is built.</summary>
/// <remarks>One order for all: reasoning, text, refusal, calls, finish, usage; members may come in any.</remarks>
internal sealed class ChatChunkReader(AnswerBuilder builder)
{
    /// <summary>Reads a valid JSON value; the error it tells, if it tells one, else empty.</summary>
    public ReadOnlySpan<byte> Read(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> choices = default, usage = default;
        var members = new JsonMembers(json);
        while (members.Next())
        {
            if (members.Value.SequenceEqual("null"u8))
            {
                continue;
            }

            if (members.Name.SequenceEqual("choices"u8))
            {
                choices = members.Value;
            }
            else if (members.Name.SequenceEqual("usage"u8))
            {
                usage = members.Value;
            }
            else if (IsError(members.Name, members.Value))
            {
                return json;
            }
        }

        if (choices.IsEmpty && usage.IsEmpty)
        {
            return default;
        }

        builder.Start();
        ReadChoices(choices);
        builder.AddUsage(usage);
        return default;
    }

    /// <summary>The value holds a choice: it is an answer at all.</summary>
    public static bool HasChoice(ReadOnlySpan<byte> json)
    {
        var choices = new JsonMembers(JsonMembers.Find(json, "choices"u8));
        return choices.Next();
    }

    private static bool IsError(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        name.SequenceEqual("error"u8)
        || (name.SequenceEqual("object"u8) && value.SequenceEqual("\"error\""u8))
        || (name.SequenceEqual("base_resp"u8) && JsonMembers.Find(value, "status_code"u8) is { IsEmpty: false } code && !code.SequenceEqual("0"u8));

    private void ReadChoices(ReadOnlySpan<byte> choices)
    {
        var items = new JsonMembers(choices);
        while (items.Next())
        {
            // Only one answer was asked for.
            if (JsonMembers.Find(items.Value, "index"u8) is { IsEmpty: false } index && !index.SequenceEqual("0"u8))
            {
                continue;
            }

            ReadChoice(items.Value);
        }
    }

    private void ReadChoice(ReadOnlySpan<byte> choice)
    {
        ReadOnlySpan<byte> delta = default, finish = default, usage = default, stop = default;
        var members = new JsonMembers(choice);
        while (members.Next())
        {
            if (members.Value.SequenceEqual("null"u8))
            {
                continue;
            }

            if (members.Name.SequenceEqual("delta"u8) || (members.Name.SequenceEqual("message"u8) && delta.IsEmpty))
            {
                delta = members.Value;
            }
            else if (members.Name.SequenceEqual("finish_reason"u8))
            {
                finish = RawText.Of(members.Value);
            }
            else if (members.Name.SequenceEqual("usage"u8))
            {
                usage = members.Value;
            }
            else if (members.Name.SequenceEqual("stop_reason"u8) || members.Name.SequenceEqual("matched_stop"u8))
            {
                stop = RawText.Of(members.Value);
            }
        }

        new ChatDelta(delta).ReadInto(builder);
        builder.Stop.Note(finish);
        builder.Stop.NoteSequence(stop);
        builder.AddUsage(usage);
    }
}
