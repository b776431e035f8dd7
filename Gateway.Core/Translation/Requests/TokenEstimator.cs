using System.Buffers;

namespace Gateway.Core.Translation.Requests;

/// <summary>Estimates how many tokens a request is. Not thread-safe.</summary>
/// <remarks>
/// Text by a tokenizer, or in microseconds without one: about 3.6 characters of Latin text a token, a token for each CJK
/// character. Images by their size, documents by their likely pages.
/// </remarks>
/// <param name="tokenizer">Counts text; null to go by the weight of its bytes.</param>
public sealed class TokenEstimator(Tokenizer? tokenizer = null)
{
    // Weights are 36ths of a token.
    private const int Token = 36;
    private const int TokensPerBlock = 4;
    private const int TokensPerTool = 8;
    private const int MostTokensOfAnImage = 1_600;
    private const int TokensOfAPage = 3_000;
    private const int BytesOfAPage = 50_000;

    private static readonly byte[] Weights = MakeWeights();

    private readonly JsonTape _own = new();
    private readonly ArrayBufferWriter<byte>? _text = tokenizer is null ? null : new ArrayBufferWriter<byte>();
    private JsonTape _tape = new();
    private long _weight;

    /// <summary>Estimates a whole request, tokens; at least 1, and 1 for what is no JSON object.</summary>
    public long Estimate(in ReadOnlySequence<byte> body)
    {
        try
        {
            return _own.TryRead(body) ? Estimate(_own) : 1;
        }
        finally
        {
            _own.Release();
        }
    }

    /// <summary>Estimates a request that has been read.</summary>
    internal long Estimate(JsonTape tape)
    {
        _tape = tape;
        _weight = 0;
        CountContent(tape.Find(JsonTape.Root, "system"u8));
        var messages = tape.Find(JsonTape.Root, "messages"u8);
        for (var message = JsonTape.First(messages); message < tape.End(messages); message = tape.Next(message))
        {
            _weight += TokensPerBlock * Token;
            CountContent(tape.Find(message, "content"u8));
        }

        CountTools(tape.Find(JsonTape.Root, "tools"u8));
        CountText(tape.Raw(tape.Find(tape.Find(tape.Find(JsonTape.Root, "output_config"u8), "format"u8), "schema"u8)));
        return Math.Max(1, _weight / Token);
    }

    // By hand: an ASCII letter is 1/3.6 token; of a longer character its first byte counts for the whole.
    private static byte[] MakeWeights()
    {
        var weights = new byte[256];
        weights.AsSpan(0, 0x80).Fill(10);
        weights[(byte)'\\'] = 5; // an escape is about one character
        weights.AsSpan(0xC0, 0x20).Fill(18);
        weights.AsSpan(0xE0, 0x10).Fill(36);
        weights.AsSpan(0xF0, 0x10).Fill(72);
        return weights;
    }

    private void CountText(ReadOnlySpan<byte> text)
    {
        if (_text is not null)
        {
            CountUnescaped(text, _text);
            return;
        }

        var weight = 0L;
        var weights = Weights;
        foreach (var letter in text)
        {
            weight += weights[letter];
        }

        _weight += weight;
    }

    private void CountUnescaped(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> unescaped)
    {
        var high = '\0';
        unescaped.ResetWrittenCount();
        JsonText.Unescape(text, unescaped, ref high);
        _weight += tokenizer!.Count(unescaped.WrittenSpan) * Token;
    }

    private void CountContent(int content)
    {
        if (_tape.Kind(content) == TapeKind.Object)
        {
            CountBlock(content);
            return;
        }

        if (_tape.Kind(content) == TapeKind.String)
        {
            CountText(_tape.Raw(content));
        }

        for (var block = JsonTape.First(content); block < _tape.End(content); block = _tape.Next(block))
        {
            CountBlock(block);
        }
    }

    private void CountBlock(int block)
    {
        _weight += TokensPerBlock * Token;
        if (_tape.Is(_tape.Find(block, "type"u8), "image"u8))
        {
            CountImage(_tape.Find(block, "source"u8));
            return;
        }

        for (var member = JsonTape.First(block); member < _tape.EndOfMembers(block); member = _tape.Next(member + 1))
        {
            CountMember(_tape.Raw(member), member + 1);
        }
    }

    // What the model never reads, or not as it stands, is worth nothing: signatures, ids, cache marks.
    private void CountMember(ReadOnlySpan<byte> name, int value)
    {
        if (name.SequenceEqual("content"u8))
        {
            CountContent(value);
        }
        else if (name.SequenceEqual("source"u8))
        {
            CountSource(value);
        }
        else if (name.SequenceEqual("text"u8) || name.SequenceEqual("thinking"u8) || name.SequenceEqual("input"u8)
            || name.SequenceEqual("name"u8) || name.SequenceEqual("title"u8) || name.SequenceEqual("context"u8)
            || name.SequenceEqual("tool"u8) || name.SequenceEqual("tool_name"u8) || name.SequenceEqual("url"u8)
            || name.SequenceEqual("stdout"u8) || name.SequenceEqual("stderr"u8))
        {
            CountText(_tape.Raw(value));
        }
    }

    private void CountSource(int source)
    {
        var type = _tape.Find(source, "type"u8);
        var data = _tape.Raw(_tape.Find(source, "data"u8));
        if (_tape.Is(type, "base64"u8))
        {
            var bytes = (long)data.Length * 3 / 4;
            _weight += Math.Max(1, bytes / BytesOfAPage) * TokensOfAPage * Token;
        }
        else if (_tape.Is(type, "url"u8) || _tape.Is(type, "file"u8))
        {
            _weight += TokensOfAPage * Token;
        }
        else
        {
            CountText(_tape.Kind(source) == TapeKind.String ? _tape.Raw(source) : data);
            CountContent(_tape.Find(source, "content"u8));
        }
    }

    // platform.claude.com/docs/en/build-with-claude/vision: pixels over 750, larger images are scaled down.
    private void CountImage(int source)
    {
        var pixels = ImageSize.PixelsOf(_tape.Raw(_tape.Find(source, "data"u8)));
        var tokens = pixels > 0 ? Math.Clamp(pixels / 750, 1, MostTokensOfAnImage) : MostTokensOfAnImage;
        _weight += tokens * Token;
    }

    // A deferred tool is not in the prompt; one that was loaded is told by a reference among the messages.
    private void CountTools(int tools)
    {
        for (var tool = JsonTape.First(tools); tool < _tape.End(tools); tool = _tape.Next(tool))
        {
            if (_tape.Kind(_tape.Find(tool, "defer_loading"u8)) != TapeKind.True)
            {
                _weight += TokensPerTool * Token;
                CountText(_tape.Raw(tool));
            }
        }
    }
}
