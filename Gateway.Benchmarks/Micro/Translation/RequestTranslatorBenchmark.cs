using System.Buffers;
using BenchmarkDotNet.Attributes;
using Gateway.Benchmarks.Load;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Requests;

namespace Gateway.Benchmarks.Micro.Translation;

/// <summary>What a request costs until it is one of OpenAI's: a conversation of Claude Code's of about 80 KB.</summary>
[MemoryDiagnoser]
public class RequestTranslatorBenchmark
{
    private const int Bytes = 80 * 1024;

    private readonly RequestTranslator _translator = new();
    private readonly DialectProfile _profile = new();
    private readonly ArrayBufferWriter<byte> _provider = new(256 * 1024);
    private readonly ReadOnlySequence<byte> _body = new(AgentBodies.Session().MinBy(static body => Math.Abs(body.Length - Bytes))!);

    /// <summary>To Chat Completions.</summary>
    [Benchmark]
    public int To_Chat_Completions() => Translate(TranslationTarget.Chat);

    /// <summary>To Responses.</summary>
    [Benchmark]
    public int To_Responses() => Translate(TranslationTarget.Responses);

    private int Translate(TranslationTarget target)
    {
        _provider.ResetWrittenCount();
        var verdict = _translator.Translate(_body, target, _profile, "groq"u8, "gpt-oss-120b"u8, _provider);
        return verdict.Status == 200 ? _provider.WrittenCount : throw new InvalidOperationException(verdict.Message);
    }
}
