using System.Buffers.Text;

namespace Gateway.Core.Translation.Answers;

/// <summary>Reads the tokens out of the usage objects of all vendors: numbers, texts, floats or nulls; the prompt cache inside or beside the prompt.</summary>
internal struct UsageReader
{
    private long _prompt;
    private long _completion;
    private long _total;
    private long _read;
    private long _created;
    private bool _isKnown;

    /// <summary>Takes a usage object over; later ones replace earlier ones.</summary>
    public void Read(ReadOnlySpan<byte> usage)
    {
        var members = new JsonMembers(usage);
        while (members.Next())
        {
            Take(members.Name, members.Value);
        }

        _isKnown |= members.IsContainer;
    }

    /// <summary>The tokens; what the provider did not tell is estimated.</summary>
    /// <param name="estimatedInput">Input as we estimate it.</param>
    /// <param name="bytesOut">Bytes of text and arguments that were written.</param>
    public readonly AnswerUsage Result(long estimatedInput, long bytesOut)
    {
        if (!_isKnown || (_prompt == 0 && _completion == 0 && _total == 0))
        {
            return new(Math.Max(1, estimatedInput), bytesOut == 0 ? 0 : Math.Max(1, bytesOut / 4), 0, 0);
        }

        // Some leave reasoning out of the completion: the total tells.
        var output = _total > _prompt ? Math.Max(_completion, _total - _prompt) : _completion;
        return new(Math.Max(0, _prompt - _read - _created), output, _read, _created);
    }

    private void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("prompt_tokens"u8) || name.SequenceEqual("input_tokens"u8))
        {
            _prompt = Number(value, _prompt);
        }
        else if (name.SequenceEqual("completion_tokens"u8) || name.SequenceEqual("output_tokens"u8))
        {
            _completion = Number(value, _completion);
        }
        else if (name.SequenceEqual("total_tokens"u8))
        {
            _total = Number(value, _total);
        }
        else if (name.SequenceEqual("prompt_tokens_details"u8) || name.SequenceEqual("input_tokens_details"u8))
        {
            TakeDetails(value);
        }
        else if (name.SequenceEqual("prompt_cache_hit_tokens"u8) || name.SequenceEqual("cached_tokens"u8))
        {
            _read = _read == 0 ? Number(value, _read) : _read;
        }
        else if (name.SequenceEqual("cache_write_tokens"u8) || name.SequenceEqual("cache_creation_tokens"u8))
        {
            _created = _created == 0 ? Number(value, _created) : _created;
        }
    }

    private void TakeDetails(ReadOnlySpan<byte> details)
    {
        var members = new JsonMembers(details);
        while (members.Next())
        {
            if (members.Name.SequenceEqual("cached_tokens"u8))
            {
                _read = Number(members.Value, _read);
            }
            else if (members.Name.SequenceEqual("cache_write_tokens"u8) || members.Name.SequenceEqual("cache_creation_tokens"u8))
            {
                _created = Number(members.Value, _created);
            }
        }
    }

    private static long Number(ReadOnlySpan<byte> value, long otherwise)
    {
        var text = value is [(byte)'"', .., (byte)'"'] ? value[1..^1] : value;
        return Utf8Parser.TryParse(text, out double number, out var used) && used == text.Length && number >= 0 ? (long)number : otherwise;
    }
}
