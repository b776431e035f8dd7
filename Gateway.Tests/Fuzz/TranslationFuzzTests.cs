using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Answers;
using Gateway.Core.Translation.Clients;
using Gateway.Core.Translation.Requests;
using Gateway.Tests.Core.Translation.Answers;
using Gateway.Tests.Core.Translation.Clients;

namespace Gateway.Tests.Fuzz;

/// <summary>Damaged requests and answers in both directions: whatever comes, what goes out keeps its form, and nothing is thrown.</summary>
/// <remarks>The same damage in every run; with <c>GATEWAY_FUZZ_SECONDS</c> other damage for so long. A failure names its seed.</remarks>
[TestFixture]
internal sealed class TranslationFuzzTests
{
    private const int Rounds = 2_000;

    private static readonly DialectProfile[] Profiles =
    [
        new(),
        new() { ThinkTags = true, ReasoningReplay = ReasoningReplay.ReasoningContent, StrictTools = true, UsesMaxCompletionTokens = true },
        new() { Vision = false, Stop = false, Sampling = false, ParallelToolCalls = false, ToolChoiceRequired = false, MidSystem = false, StructuredOutputs = StructuredOutputs.None },
        new() { ReasoningReplay = ReasoningReplay.ReasoningDetails, PdfFileParts = true, UserField = true, MaxOutputTokens = 500, ContextWindow = 100_000 },
    ];

    [Test]
    public void A_providers_chunks_become_a_message_in_order_or_an_error() => Each(static mutation =>
        Answer(mutation, mutation.Stream(Corpus.ChatStream), Streams.Context(mutation.Pick(Profiles))));

    [Test]
    public void A_providers_events_become_a_message_in_order_or_an_error() => Each(static mutation =>
        Answer(mutation, mutation.Stream(Corpus.ResponsesStream), Streams.Context(mutation.Pick(Profiles), isResponses: true)));

    [Test]
    public void A_stream_of_Anthropics_becomes_chunks_with_an_end_or_an_error() => Each(static mutation =>
    {
        var stream = mutation.Stream(Corpus.AnthropicStream);
        var chunks = ChatStreams.Translate(stream);
        return StreamRules.BrokenByChat(chunks)
            ?? (ChatStreams.Translate(stream, piece: 1 + mutation.Next(64)) == chunks ? null : "cut otherwise, it says something else");
    });

    [Test]
    public void A_request_of_Anthropics_becomes_JSON_or_is_refused() => Each(static mutation =>
    {
        var output = new ArrayBufferWriter<byte>();
        var body = Encoding.UTF8.GetBytes(mutation.Json(Corpus.AnthropicRequest));
        var target = mutation.Pick([TranslationTarget.Chat, TranslationTarget.Responses]);
        return Verdict(new RequestTranslator().Translate(Pieces.Of(body, 1 + mutation.Next(500)), target, mutation.Pick(Profiles), "p"u8, "m"u8, output), output);
    });

    [Test]
    public void A_request_of_OpenAIs_becomes_JSON_or_is_refused() => Each(static mutation =>
    {
        var output = new ArrayBufferWriter<byte>();
        var body = Encoding.UTF8.GetBytes(mutation.Json(Corpus.ChatRequest));
        return Verdict(new ChatRequestReader().Read(Pieces.Of(body, 1 + mutation.Next(500)), output), output);
    });

    private static string? Answer(Mutation mutation, byte[] stream, AnswerContext context)
    {
        var events = Streams.Translate(new StreamTranslator(), stream, context, int.MaxValue);
        return StreamRules.BrokenByAnthropic(events)
            ?? (Streams.Translate(new StreamTranslator(), stream, context, 1 + mutation.Next(64)) == events ? null : "cut otherwise, it says something else");
    }

    private static string? Verdict(TranslationVerdict verdict, ArrayBufferWriter<byte> output)
    {
        if (verdict.Status != 200)
        {
            return verdict.Status is 204 or 400 && (verdict.Status == 204 || !string.IsNullOrEmpty(verdict.Message)) ? null : verdict.ToString();
        }

        using var json = JsonDocument.Parse(output.WrittenMemory);
        return json.RootElement.GetProperty("messages", "input").ValueKind == JsonValueKind.Array ? null : "no messages";
    }

    private static void Each(Func<Mutation, string?> check)
    {
        var seconds = Environment.GetEnvironmentVariable("GATEWAY_FUZZ_SECONDS");
        var until = Stopwatch.StartNew();
        var longest = seconds is null ? TimeSpan.Zero : TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
        var first = seconds is null ? 0 : Random.Shared.Next();
        for (var round = 0; round < Rounds || until.Elapsed < longest; round++)
        {
            Try(unchecked(first + round), check);
        }
    }

    private static void Try(int seed, Func<Mutation, string?> check)
    {
        string? fault;
        try
        {
            fault = check(new Mutation(seed));
        }
        catch (Exception exception) when (exception is not AssertionException)
        {
            fault = exception.ToString();
        }

        Assert.That(fault, Is.Null, $"seed {seed}");
    }
}

/// <summary>Looks for one of several names.</summary>
file static class JsonElementExtensions
{
    public static JsonElement GetProperty(this JsonElement element, string name, string otherwise) =>
        element.TryGetProperty(name, out var found) ? found : element.GetProperty(otherwise);
}
