using System.Buffers.Text;

namespace Gateway.Core.Translation.Requests;

/// <summary>Writes where generation ends and how words are chosen: token limit, stop strings, sampling.</summary>
internal sealed class LimitWriter(TranslationContext context)
{
    // platform.openai.com/docs/api-reference/chat/create: "Up to 4 sequences". The others copied it.
    private const int MostStops = 4;

    // Responses refuses less, and Claude Code asks for one token to see whether a model is there.
    private const int LeastOfResponses = 16;

    private readonly JsonTape _tape = context.Tape;
    private readonly JsonOutput _output = context.Output;

    /// <summary>Writes them.</summary>
    /// <param name="effort">How hard the model is asked to think.</param>
    public void Write(Effort effort)
    {
        WriteMaxTokens();
        if (context.Profile.Sampling)
        {
            CopyNumber("temperature"u8);
            CopyNumber("top_p"u8);
        }

        if (context.Profile.TopK && context.IsChat)
        {
            CopyNumber("top_k"u8);
        }

        WriteStops(_tape.Find(JsonTape.Root, "stop_sequences"u8), effort);
        if (context.Profile.ServiceTier && _tape.Is(_tape.Find(JsonTape.Root, "service_tier"u8), "standard_only"u8))
        {
            _output.Name("service_tier"u8);
            _output.Text("default"u8);
        }
    }

    private void WriteMaxTokens()
    {
        var value = _tape.Find(JsonTape.Root, "max_tokens"u8);
        var raw = _tape.Raw(value);
        if (_tape.Kind(value) != TapeKind.Number || !Utf8Parser.TryParse(raw, out double asked, out var read) || read != raw.Length || asked < 1)
        {
            return;
        }

        var most = context.Profile.MaxOutputTokens;
        var limit = asked >= int.MaxValue ? int.MaxValue : (long)asked;
        limit = context.IsChat ? limit : Math.Max(limit, LeastOfResponses);
        _output.Name(!context.IsChat ? "max_output_tokens"u8
            : context.Profile.UsesMaxCompletionTokens ? "max_completion_tokens"u8
            : "max_tokens"u8);
        _output.Number(most > 0 ? Math.Min(limit, most) : limit);
    }

    private void CopyNumber(ReadOnlySpan<byte> name)
    {
        var value = _tape.Find(JsonTape.Root, name);
        if (_tape.Kind(value) == TapeKind.Number)
        {
            _output.Name(name);
            _output.Raw(_tape.Raw(value));
        }
    }

    private void WriteStops(int stops, Effort effort)
    {
        var written = 0;
        var canStop = context.Profile.Stop && context.IsChat && (context.Profile.StopWhileThinking || effort <= Effort.None);
        for (var stop = JsonTape.First(stops); stop < _tape.End(stops); stop = _tape.Next(stop))
        {
            if (!canStop || written == MostStops)
            {
                context.Dropped.Add("stop_sequences"u8);
                break;
            }

            if (!_tape.HasText(stop))
            {
                continue;
            }

            if (written++ == 0)
            {
                _output.Name("stop"u8);
                _output.BeginArray();
            }

            _output.Text(_tape.Escaped(stop));
        }

        if (written > 0)
        {
            _output.EndArray();
        }
    }
}
