using System.Buffers;
using Gateway.Core.Translation.Errors;

namespace Gateway.Core.Translation.Answers;

/// <summary>Reads an event, or a whole answer, of Responses. Reusable.</summary>
internal sealed class ResponsesReader(AnthropicStreamWriter writer, AnswerFlow flow, AnswerEnd end)
{
    private readonly ArrayBufferWriter<byte> _members = new(1024);
    private readonly TextPieces _pieces = new(flow);
    private readonly ToolFragments _fragments = new(flow);
    private AnswerContext _context = new();

    /// <summary>Prepares for an answer.</summary>
    public void Begin(AnswerContext context)
    {
        _context = context;
        _pieces.Reset();
    }

    /// <summary>Reads one event, or an answer that came whole.</summary>
    /// <returns>False if it is neither.</returns>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON; nothing was done.</exception>
    public bool Read(ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> type = default, item = default, delta = default, response = default, arguments = default;
        ReadOnlySpan<byte> error = default, output = default;
        long index = -1, part = 0;
        var members = new JsonMembers(payload);
        while (members.Next())
        {
            var value = members.Value;
            switch (members.Name)
            {
                case var name when name.SequenceEqual("type"u8): type = JsonText.Content(value); break;
                case var name when name.SequenceEqual("item"u8): item = value; break;
                case var name when name.SequenceEqual("delta"u8): delta = JsonText.Content(value); break;
                case var name when name.SequenceEqual("response"u8): response = value; break;
                case var name when name.SequenceEqual("arguments"u8): arguments = value; break;
                case var name when name.SequenceEqual("error"u8): error = value; break;
                case var name when name.SequenceEqual("output"u8): output = value; break;
                case var name when name.SequenceEqual("output_index"u8): index = JsonText.Number(value); break;
                case var name when name.SequenceEqual("summary_index"u8): part = JsonText.Number(value); break;
            }
        }

        if (type.SequenceEqual("error"u8) || (type.IsEmpty && (JsonText.HasValue(error) || IsOtherError(payload, output))))
        {
            Fail(payload);
        }
        else if (JsonText.IsArray(output) && response.IsEmpty)
        {
            ReadEnd(payload);
        }
        else if (!ReadDelta(type, delta, index, part))
        {
            ReadItem(type, item, arguments, index, response);
        }

        return !type.IsEmpty || !output.IsEmpty;
    }

    private bool ReadDelta(ReadOnlySpan<byte> type, ReadOnlySpan<byte> delta, long index, long part)
    {
        switch (type)
        {
            case var _ when type.SequenceEqual("response.output_text.delta"u8):
                _pieces.Text(delta);
                return true;
            case var _ when type.SequenceEqual("response.reasoning_summary_text.delta"u8) || type.SequenceEqual("response.reasoning_text.delta"u8):
                _pieces.Thought(delta);
                return true;
            case var _ when type.SequenceEqual("response.reasoning_summary_part.added"u8):
                if (part > 0 && writer.Open == BlockKind.Thinking)
                {
                    flow.Thought("\n\n"u8);
                }

                return true;
            case var _ when type.SequenceEqual("response.refusal.delta"u8):
                end.Refuse(delta);
                return true;
            case var _ when type.SequenceEqual("response.function_call_arguments.delta"u8):
                Fragment(index, default, default, delta);
                return true;
            default:
                return false;
        }
    }

    private void ReadItem(
        ReadOnlySpan<byte> type, ReadOnlySpan<byte> item, ReadOnlySpan<byte> arguments, long index, ReadOnlySpan<byte> response)
    {
        if (type.SequenceEqual("response.output_item.added"u8) && IsType(item, "function_call"u8))
        {
            Fragment(index, JsonMembers.Find(item, "call_id"u8), JsonMembers.Find(item, "name"u8), default);
        }
        else if (type.SequenceEqual("response.function_call_arguments.done"u8))
        {
            Whole(index, default, default, arguments);
        }
        else if (type.SequenceEqual("response.output_item.done"u8))
        {
            ReadDoneItem(item, index);
        }
        else if (type.SequenceEqual("response.failed"u8))
        {
            Fail(response);
        }
        else if (type.SequenceEqual("response.completed"u8) || type.SequenceEqual("response.incomplete"u8))
        {
            ReadEnd(response);
        }
    }

    private void ReadDoneItem(ReadOnlySpan<byte> item, long index)
    {
        if (IsType(item, "function_call"u8))
        {
            Whole(index, JsonMembers.Find(item, "call_id"u8), JsonMembers.Find(item, "name"u8), JsonMembers.Find(item, "arguments"u8));
        }
        else if (IsType(item, "reasoning"u8))
        {
            SignReasoning(item);
        }
    }

    private void SignReasoning(ReadOnlySpan<byte> item)
    {
        var encrypted = JsonMembers.Find(item, "encrypted_content"u8);
        if (!JsonText.HasValue(encrypted))
        {
            return;
        }

        _members.ResetWrittenCount();
        _members.Write("\"id\":"u8);
        var id = JsonMembers.Find(item, "id"u8);
        _members.Write(id.IsEmpty ? "null"u8 : id);
        _members.Write(",\"encrypted_content\":"u8);
        _members.Write(encrypted);
        flow.Sign(_members.WrittenSpan);
    }

    private void ReadEnd(ReadOnlySpan<byte> response)
    {
        var status = JsonText.Content(JsonMembers.Find(response, "status"u8));
        if (status.SequenceEqual("failed"u8) || JsonText.HasValue(JsonMembers.Find(response, "error"u8)))
        {
            Fail(response);
            return;
        }

        if (!writer.HasContent)
        {
            ReadOutput(JsonMembers.Find(response, "output"u8));
        }

        var reason = JsonText.Content(JsonMembers.Find(JsonMembers.Find(response, "incomplete_details"u8), "reason"u8));
        end.Reason = status.SequenceEqual("incomplete"u8) && reason.IsEmpty ? StopReason.MaxTokens : FinishReasons.Read(reason);
        end.TakeUsage(JsonMembers.Find(response, "usage"u8));
        end.IsTerminal = true;
    }

    private void ReadOutput(ReadOnlySpan<byte> output)
    {
        var items = new JsonMembers(output);
        for (var index = 0; JsonText.IsArray(output) && items.Next(); index++)
        {
            ReadParts(JsonMembers.Find(items.Value, "summary"u8), isThought: true);
            ReadParts(JsonMembers.Find(items.Value, "content"u8), IsType(items.Value, "reasoning"u8));
            ReadDoneItem(items.Value, index);
        }
    }

    private void ReadParts(ReadOnlySpan<byte> parts, bool isThought)
    {
        var items = new JsonMembers(parts);
        for (var at = 0; JsonText.IsArray(parts) && items.Next(); at++)
        {
            var text = JsonText.Content(JsonMembers.Find(items.Value, "text"u8));
            if (!isThought)
            {
                _pieces.Text(text);
                end.Refuse(JsonText.Content(JsonMembers.Find(items.Value, "refusal"u8)));
                continue;
            }

            if (at > 0)
            {
                flow.Thought("\n\n"u8);
            }

            _pieces.Thought(text);
        }
    }

    // What was streamed already is not taken twice.
    private void Whole(long index, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments)
    {
        var call = _fragments.Take(index, (int)Math.Max(0, index), id, name, default);
        if (!call.HasArguments)
        {
            _fragments.Take(index, (int)Math.Max(0, index), id, name, arguments);
        }
    }

    private void Fragment(long index, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name, ReadOnlySpan<byte> delta)
    {
        var call = _fragments.Take(index, (int)Math.Max(0, index), id, name, default);
        if (!delta.IsEmpty && !call.IsComplete)
        {
            call.AddEscaped(delta);
            flow.AdvanceTools(isFinal: false);
        }
    }

    private void Fail(ReadOnlySpan<byte> error) =>
        end.Fault = ErrorBridge.FromStream(error, _context.Profile, _context.EstimatedInputTokens, _context.Credential.Span);

    private static bool IsOtherError(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> output) =>
        output.IsEmpty && ErrorShape.Matches(payload);

    private static bool IsType(ReadOnlySpan<byte> item, ReadOnlySpan<byte> type) =>
        JsonText.Content(JsonMembers.Find(item, "type"u8)).SequenceEqual(type);
}
