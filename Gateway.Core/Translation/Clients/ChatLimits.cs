using System.Buffers.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Writes where generation ends and how words are chosen: token limit, stop strings, sampling.</summary>
internal sealed class ChatLimits(ChatRequestContext context, long usualMaxTokens)
{
    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;

    /// <summary>Writes them.</summary>
    public void Write()
    {
        WriteMaxTokens();
        WriteSampling();
        WriteTopK();
        WriteStops(_tape.Find(JsonTape.Root, "stop"u8));
    }

    // Anthropic demands a limit.
    private void WriteMaxTokens()
    {
        var value = _tape.Find(JsonTape.Root, "max_completion_tokens"u8);
        value = context.Has(value) ? value : _tape.Find(JsonTape.Root, "max_tokens"u8);
        var limit = context.Has(value) ? WholeNumber(value) : usualMaxTokens;
        if (limit < 1)
        {
            context.Refuse("max_completion_tokens: must be a whole number, at least 1");
        }

        _output.Name("max_tokens"u8);
        _output.Number(limit);
    }

    private long WholeNumber(int value)
    {
        var raw = _tape.Raw(value);
        return _tape.Kind(value) == TapeKind.Number && Utf8Parser.TryParse(raw, out long number, out var read) && read == raw.Length
            ? number
            : -1;
    }

    // Anthropic's temperature ends at 1, OpenAI's at 2.
    private void WriteShare(ReadOnlySpan<byte> name, string fault)
    {
        var value = _tape.Find(JsonTape.Root, name);
        if (!context.Has(value))
        {
            return;
        }

        var raw = _tape.Raw(value);
        if (_tape.Kind(value) != TapeKind.Number || !Utf8Parser.TryParse(raw, out double number, out _))
        {
            context.Refuse(fault);
            return;
        }

        _output.Name(name);
        _output.Raw(number < 0 ? "0"u8 : number > 1 ? "1"u8 : raw);
    }

    // Claude takes one of the two (platform.claude.com/docs/en/about-claude/models/migrating-to-claude-4). Of both the one that says
    // something goes on: 1 is what each is without a word.
    private void WriteSampling()
    {
        var temperature = _tape.Find(JsonTape.Root, "temperature"u8);
        var topP = _tape.Find(JsonTape.Root, "top_p"u8);
        var hasBoth = context.Has(temperature) && context.Has(topP);
        var isTopP = hasBoth && IsOne(temperature) && !IsOne(topP);
        if (!isTopP)
        {
            WriteShare("temperature"u8, "temperature: must be a number");
        }

        if (!hasBoth || isTopP)
        {
            WriteShare("top_p"u8, "top_p: must be a number");
        }
        else if (!IsOne(topP))
        {
            context.Dropped.Add("top_p"u8);
        }
    }

    private bool IsOne(int value) => Utf8Parser.TryParse(_tape.Raw(value), out double number, out _) && number >= 1;

    // Not OpenAI's, but many clients know it.
    private void WriteTopK()
    {
        var value = _tape.Find(JsonTape.Root, "top_k"u8);
        if (_tape.Kind(value) == TapeKind.Number)
        {
            _output.Name("top_k"u8);
            _output.Raw(_tape.Raw(value));
        }
    }

    private void WriteStops(int stops)
    {
        if (!context.Has(stops))
        {
            return;
        }

        if (_tape.Kind(stops) is not (TapeKind.String or TapeKind.Array))
        {
            context.Refuse("stop: must be a string or an array of strings");
        }

        _output.Name("stop_sequences"u8);
        _output.BeginArray();
        if (_tape.Kind(stops) == TapeKind.String)
        {
            WriteStop(stops);
        }

        for (var stop = JsonTape.First(stops); stop < _tape.End(stops); stop = _tape.Next(stop))
        {
            WriteStop(stop);
        }

        _output.EndArray();
    }

    // Anthropic refuses blank ones, such as OpenAI clients' line feeds.
    private void WriteStop(int stop)
    {
        if (_tape.Kind(stop) != TapeKind.String)
        {
            context.Refuse("stop: must be a string or an array of strings");
        }
        else if (JsonText.IsBlank(_tape.Text(stop)))
        {
            context.Dropped.Add("stop"u8);
        }
        else
        {
            _output.Text(_tape.Escaped(stop));
        }
    }
}
