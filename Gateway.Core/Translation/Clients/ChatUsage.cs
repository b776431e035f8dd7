using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Tokens of an answer, as OpenAI counts them: what a cache gave and took is part of the prompt.</summary>
internal struct ChatUsage
{
    private long _input;
    private long _cacheRead;
    private long _cacheCreation;
    private long _output;
    private long _thinking;

    /// <summary>Takes what Anthropic says so far: a later word wins, a missing one changes nothing.</summary>
    public void Take(ReadOnlySpan<byte> usage)
    {
        var members = new JsonMembers(usage);
        while (members.Next())
        {
            var value = JsonText.Number(members.Value);
            switch (members.Name)
            {
                case var name when name.SequenceEqual("output_tokens_details"u8):
                    _thinking = Math.Max(0, JsonText.Number(JsonMembers.Find(members.Value, "thinking_tokens"u8)));
                    break;
                case var _ when value < 0:
                    break;
                case var name when name.SequenceEqual("input_tokens"u8):
                    _input = value;
                    break;
                case var name when name.SequenceEqual("cache_read_input_tokens"u8):
                    _cacheRead = value;
                    break;
                case var name when name.SequenceEqual("cache_creation_input_tokens"u8):
                    _cacheCreation = value;
                    break;
                case var name when name.SequenceEqual("output_tokens"u8):
                    _output = value;
                    break;
            }
        }
    }

    /// <summary>Writes them.</summary>
    public readonly void Write(JsonOutput output)
    {
        var prompt = _input + _cacheRead + _cacheCreation;
        output.BeginObject();
        output.Name("prompt_tokens"u8);
        output.Number(prompt);
        output.Name("completion_tokens"u8);
        output.Number(_output);
        output.Name("total_tokens"u8);
        output.Number(prompt + _output);
        output.Name("prompt_tokens_details"u8);
        output.BeginObject();
        output.Name("cached_tokens"u8);
        output.Number(_cacheRead);
        output.EndObject();
        if (_thinking > 0)
        {
            output.Name("completion_tokens_details"u8);
            output.BeginObject();
            output.Name("reasoning_tokens"u8);
            output.Number(_thinking);
            output.EndObject();
        }

        output.EndObject();
    }
}
