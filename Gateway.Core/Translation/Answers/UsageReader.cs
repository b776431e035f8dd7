namespace Gateway.Core.Translation.Answers;

/// <summary>Reads what providers say about tokens.</summary>
internal static class UsageReader
{
    /// <summary>Reads a usage object of either dialect.</summary>
    /// <returns>False if it counts nothing.</returns>
    public static bool TryRead(ReadOnlySpan<byte> usage, out AnswerUsage result)
    {
        long prompt = -1, completion = -1, total = -1, read = -1, created = -1, detailRead = -1, detailCreated = -1, thinking = 0;
        var members = new JsonMembers(usage);
        while (members.Next())
        {
            var value = JsonText.Number(members.Value);
            switch (members.Name)
            {
                case var name when name.SequenceEqual("prompt_tokens"u8) || name.SequenceEqual("input_tokens"u8):
                    prompt = Math.Max(prompt, value);
                    break;
                case var name when name.SequenceEqual("completion_tokens"u8) || name.SequenceEqual("output_tokens"u8):
                    completion = Math.Max(completion, value);
                    break;
                case var name when name.SequenceEqual("total_tokens"u8):
                    total = value;
                    break;
                case var name when name.SequenceEqual("prompt_tokens_details"u8) || name.SequenceEqual("input_tokens_details"u8):
                    ReadDetails(members.Value, ref detailRead, ref detailCreated);
                    break;
                case var name when name.SequenceEqual("completion_tokens_details"u8) || name.SequenceEqual("output_tokens_details"u8):
                    thinking = Math.Max(0, JsonText.Number(JsonMembers.Find(members.Value, "reasoning_tokens"u8)));
                    break;
                case var name when name.SequenceEqual("prompt_cache_hit_tokens"u8) || name.SequenceEqual("cached_tokens"u8):
                    read = read < 0 ? value : read;
                    break;
                case var name when IsCreation(name):
                    created = created < 0 ? value : created;
                    break;
            }
        }

        read = detailRead >= 0 ? detailRead : read;
        created = detailCreated >= 0 ? detailCreated : created;
        result = Combine(prompt, completion, total, Math.Max(0, read), Math.Max(0, created));
        result = result with { Thinking = Math.Min(thinking, result.Output) };
        return prompt >= 0 || completion >= 0;
    }

    // Reasoning that a provider leaves out of the completion is in the total.
    private static AnswerUsage Combine(long prompt, long completion, long total, long read, long created)
    {
        prompt = Math.Max(0, prompt);
        var output = Math.Max(0, completion);
        output = total > prompt ? Math.Max(output, total - prompt) : output;
        return new AnswerUsage(Math.Max(0, prompt - read - created), output, read, created);
    }

    private static void ReadDetails(ReadOnlySpan<byte> details, ref long read, ref long created)
    {
        var members = new JsonMembers(details);
        while (members.Next())
        {
            if (members.Name.SequenceEqual("cached_tokens"u8))
            {
                read = JsonText.Number(members.Value);
            }
            else if (IsCreation(members.Name))
            {
                created = JsonText.Number(members.Value);
            }
        }
    }

    private static bool IsCreation(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("cache_write_tokens"u8) || name.SequenceEqual("cache_creation_tokens"u8);
}
