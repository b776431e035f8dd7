using Gateway.Core.Translation.Errors;

namespace Gateway.Core.Translation.Answers;

/// <summary>Reads a chunk, or a whole answer, of Chat Completions. Reusable.</summary>
internal sealed class ChatReader(AnswerFlow flow, AnswerEnd end)
{
    private readonly TextPieces _pieces = new(flow);
    private readonly ToolFragments _fragments = new(flow);
    private AnswerContext _context = new();
    private bool _hasTopUsage;

    /// <summary>Prepares for an answer.</summary>
    public void Begin(AnswerContext context)
    {
        _context = context;
        _pieces.Reset();
        _hasTopUsage = false;
    }

    /// <summary>Reads one chunk.</summary>
    /// <returns>False if it is no chunk at all.</returns>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON; nothing was done.</exception>
    public bool Read(ReadOnlySpan<byte> chunk)
    {
        ReadOnlySpan<byte> choices = default, usage = default;
        var isError = false;
        var members = new JsonMembers(chunk);
        while (members.Next())
        {
            var value = members.Value;
            switch (members.Name)
            {
                case var name when name.SequenceEqual("choices"u8):
                    choices = value;
                    break;
                case var name when name.SequenceEqual("usage"u8):
                    usage = value;
                    break;
                case var name when name.SequenceEqual("error"u8):
                    isError |= JsonText.HasValue(value);
                    break;
                case var name when name.SequenceEqual("base_resp"u8):
                    isError |= JsonText.Number(JsonMembers.Find(value, "status_code"u8)) > 0;
                    break;
                case var name when name.SequenceEqual("object"u8) || name.SequenceEqual("type"u8):
                    isError |= JsonText.Content(value).SequenceEqual("error"u8);
                    break;
            }
        }

        TakeUsage(usage);
        var hasChoice = ReadChoices(choices);
        if (isError)
        {
            end.Fault = ErrorBridge.FromStream(chunk, _context.Profile, _context.EstimatedInputTokens);
        }

        return hasChoice;
    }

    private bool ReadChoices(ReadOnlySpan<byte> choices)
    {
        var found = false;
        var items = new JsonMembers(choices);
        while (JsonText.IsArray(choices) && items.Next())
        {
            if (JsonText.Number(JsonMembers.Find(items.Value, "index"u8)) <= 0)
            {
                found = true;
                ReadChoice(items.Value);
            }
        }

        return found;
    }

    private void TakeUsage(ReadOnlySpan<byte> usage) => _hasTopUsage |= end.TakeUsage(usage);

    private void ReadChoice(ReadOnlySpan<byte> choice)
    {
        ReadOnlySpan<byte> delta = default, message = default, finish = default, stop = default;
        var members = new JsonMembers(choice);
        while (members.Next())
        {
            var value = members.Value;
            switch (members.Name)
            {
                case var name when name.SequenceEqual("delta"u8):
                    delta = value;
                    break;
                case var name when name.SequenceEqual("message"u8):
                    message = value;
                    break;
                case var name when name.SequenceEqual("finish_reason"u8):
                    finish = JsonText.Content(value);
                    break;
                case var name when name.SequenceEqual("stop_reason"u8) || name.SequenceEqual("matched_stop"u8):
                    stop = JsonText.Content(value).IsEmpty ? stop : JsonText.Content(value);
                    break;
                case var name when name.SequenceEqual("usage"u8) && !_hasTopUsage:
                    end.TakeUsage(value);
                    break;
            }
        }

        ReadDelta(JsonText.IsObject(delta) ? delta : message);
        TakeFinish(finish, stop);
    }

    private void TakeFinish(ReadOnlySpan<byte> finish, ReadOnlySpan<byte> stop)
    {
        if (finish.IsEmpty)
        {
            return;
        }

        end.Reason = FinishReasons.Read(finish);
        if (end.Reason == StopReason.EndTurn && !stop.IsEmpty)
        {
            end.Reason = StopReason.StopSequence;
            end.StopSequence.ResetWrittenCount();
            var high = '\0';
            JsonText.Unescape(stop, end.StopSequence, ref high);
        }

        if (end.Reason == StopReason.Error)
        {
            end.Fault ??= ErrorBridge.Broken("The provider ended its answer with an error."u8);
        }
    }

    // Reasoning, text, refusal, calls: in this order, whatever the order in the chunk.
    private void ReadDelta(ReadOnlySpan<byte> delta)
    {
        ReadOnlySpan<byte> first = default, second = default, third = default, details = default;
        ReadOnlySpan<byte> content = default, refusal = default, calls = default, function = default;
        var members = new JsonMembers(delta);
        while (members.Next())
        {
            var value = members.Value;
            switch (members.Name)
            {
                case var name when name.SequenceEqual("reasoning_content"u8): first = value; break;
                case var name when name.SequenceEqual("reasoning"u8): second = value; break;
                case var name when name.SequenceEqual("reasoning_text"u8): third = value; break;
                case var name when name.SequenceEqual("reasoning_details"u8): details = value; break;
                case var name when name.SequenceEqual("content"u8): content = value; break;
                case var name when name.SequenceEqual("refusal"u8): refusal = value; break;
                case var name when name.SequenceEqual("tool_calls"u8): calls = value; break;
                case var name when name.SequenceEqual("function_call"u8): function = value; break;
            }
        }

        var hasThought = Thought(first) || Thought(second) || Thought(third);
        ReadDetails(details, hasThought);
        ReadContent(content);
        end.Refuse(JsonText.Content(refusal));
        ReadCalls(calls);
        if (JsonText.IsObject(function))
        {
            ReadFunction(0, 0, default, function);
        }
    }

    private bool Thought(ReadOnlySpan<byte> value)
    {
        var text = JsonText.Content(JsonText.IsObject(value) ? JsonMembers.Find(value, "text"u8) : value);
        _pieces.Thought(text);
        return !text.IsEmpty;
    }

    private void ReadDetails(ReadOnlySpan<byte> details, bool hasThought)
    {
        var items = new JsonMembers(details);
        while (JsonText.IsArray(details) && items.Next())
        {
            if (!hasThought)
            {
                var text = JsonMembers.Find(items.Value, "text"u8);
                _pieces.Thought(JsonText.Content(text.IsEmpty ? JsonMembers.Find(items.Value, "summary"u8) : text));
            }

            // Details behind a call have no block of thinking to travel in.
            if (_context.Profile.ReasoningReplay == ReasoningReplay.ReasoningDetails && flow.Tools.Active is null)
            {
                flow.Details.Add(items.Value);
            }
        }
    }

    private void ReadContent(ReadOnlySpan<byte> content)
    {
        if (!JsonText.IsArray(content))
        {
            _pieces.Text(JsonText.Content(content));
            return;
        }

        var parts = new JsonMembers(content);
        while (parts.Next())
        {
            var thinking = JsonMembers.Find(parts.Value, "thinking"u8);
            _pieces.Thought(JsonText.Content(thinking));
            var thoughts = new JsonMembers(thinking);
            while (JsonText.IsArray(thinking) && thoughts.Next())
            {
                _pieces.Thought(JsonText.Content(JsonMembers.Find(thoughts.Value, "text"u8)));
            }

            _pieces.Text(JsonText.Content(JsonText.IsObject(parts.Value) ? JsonMembers.Find(parts.Value, "text"u8) : parts.Value));
        }
    }

    private void ReadCalls(ReadOnlySpan<byte> calls)
    {
        var items = new JsonMembers(calls);
        for (var position = 0; JsonText.IsArray(calls) && items.Next(); position++)
        {
            var index = JsonText.Number(JsonMembers.Find(items.Value, "index"u8));
            ReadFunction(index, position, JsonMembers.Find(items.Value, "id"u8), JsonMembers.Find(items.Value, "function"u8));
        }
    }

    private void ReadFunction(long index, int position, ReadOnlySpan<byte> id, ReadOnlySpan<byte> function) =>
        _fragments.Take(index, position, id, JsonMembers.Find(function, "name"u8), JsonMembers.Find(function, "arguments"u8));
}
