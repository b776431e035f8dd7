using Gateway.Core.Translation.Errors;

namespace Gateway.Core.Translation.Answers;

/// <summary>Reads a chunk, or a whole answer, of Chat Completions. Reusable.</summary>
internal sealed class ChatReader(AnswerFlow flow, AnswerEnd end)
{
    private readonly TextPieces _pieces = new(flow);
    private readonly ToolFragments _fragments = new(flow);
    private readonly RepeatedChunk _repeated = new();
    private AnswerContext _context = new();
    private bool _hasTopUsage;

    /// <summary>Prepares for an answer.</summary>
    public void Begin(AnswerContext context)
    {
        _context = context;
        _pieces.Reset();
        _repeated.Reset();
        _hasTopUsage = false;
    }

    /// <summary>Reads one chunk.</summary>
    /// <returns>False if it is no chunk at all.</returns>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON; nothing was done.</exception>
    public bool Read(ReadOnlySpan<byte> chunk)
    {
        if (_repeated.Matches(chunk, out var content))
        {
            TakeRepeated(content);
            return true;
        }

        _repeated.Reset();
        return ReadAnew(chunk);
    }

    private bool ReadAnew(ReadOnlySpan<byte> chunk)
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
            }
        }

        isError = isError || (!JsonText.IsArray(choices) && ErrorShape.Matches(chunk));
        TakeUsage(usage);
        var hasChoice = ReadChoices(chunk, choices);
        if (isError || JsonText.HasValue(usage))
        {
            _repeated.Reset();
        }

        if (isError)
        {
            end.Fault = ErrorBridge.FromStream(chunk, _context.Profile, _context.EstimatedInputTokens, _context.Credential.Span);
        }

        return hasChoice;
    }

    private void TakeRepeated(ReadOnlySpan<byte> content)
    {
        switch (_repeated.Cargo)
        {
            case ChunkCargo.Text:
                _pieces.Text(content);
                break;
            case ChunkCargo.Thought:
                _pieces.Thought(content);
                break;
            default:
                _fragments.Continue(_repeated.CallIndex, content);
                break;
        }
    }

    private bool ReadChoices(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> choices)
    {
        var found = false;
        var items = new JsonMembers(choices);
        while (JsonText.IsArray(choices) && items.Next())
        {
            if (JsonText.Number(JsonMembers.Find(items.Value, "index"u8)) <= 0)
            {
                ReadChoice(chunk, items.Value);
                if (found)
                {
                    _repeated.Reset();
                }

                found = true;
            }
        }

        return found;
    }

    private void TakeUsage(ReadOnlySpan<byte> usage) => _hasTopUsage |= end.TakeUsage(usage);

    private void ReadChoice(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> choice)
    {
        ReadOnlySpan<byte> delta = default, message = default, finish = default, stop = default, usage = default;
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
                case var name when name.SequenceEqual("usage"u8):
                    usage = value;
                    break;
            }
        }

        if (!_hasTopUsage)
        {
            end.TakeUsage(usage);
        }

        var isWhole = !JsonText.IsObject(delta);
        ReadDelta(chunk, new ChatDelta(isWhole ? message : delta), isWhole);
        TakeFinish(finish, stop);
        if (!finish.IsEmpty || JsonText.HasValue(usage))
        {
            _repeated.Reset();
        }
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
    private void ReadDelta(ReadOnlySpan<byte> chunk, in ChatDelta delta, bool isWhole)
    {
        var hasThought = Thought(delta.ReasoningContent) || Thought(delta.Reasoning) || Thought(delta.ReasoningText);
        ReadDetails(delta.Details, hasThought);
        ReadContent(delta.Content);
        end.Refuse(JsonText.Content(delta.Refusal));
        ReadCalls(delta.Calls, isWhole);
        if (JsonText.IsObject(delta.Function))
        {
            ReadFunction(0, 0, default, delta.Function);
        }

        _repeated.Learn(chunk, delta);
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

    // The calls of a whole message are as many as stand there, whatever ids and indices say.
    private void ReadCalls(ReadOnlySpan<byte> calls, bool isWhole)
    {
        var items = new JsonMembers(calls);
        for (var position = 0; JsonText.IsArray(calls) && items.Next(); position++)
        {
            var index = isWhole ? position : JsonText.Number(JsonMembers.Find(items.Value, "index"u8));
            ReadFunction(index, position, JsonMembers.Find(items.Value, "id"u8), JsonMembers.Find(items.Value, "function"u8));
        }
    }

    private void ReadFunction(long index, int position, ReadOnlySpan<byte> id, ReadOnlySpan<byte> function) =>
        _fragments.Take(index, position, id, JsonMembers.Find(function, "name"u8), JsonMembers.Find(function, "arguments"u8));
}
