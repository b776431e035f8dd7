using System.Buffers;
using System.Text;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Answers;
using Gateway.Core.Translation.Clients;
using Gateway.Core.Translation.Requests;
using Gateway.Tests.Architecture;
using Gateway.Tests.Core.Translation.Answers;
using Gateway.Tests.Core.Translation.Clients;

namespace Gateway.Tests.Golden;

/// <summary>What goes in and what must come out, byte for byte, as files: whoever changes a translation sees in the difference what it means.</summary>
/// <remarks>With <c>GATEWAY_GOLDEN=write</c> the files of what comes out are written anew, and the tests warn.</remarks>
[TestFixture]
internal sealed class GoldenTests
{
    private const int LargestPiece = 64;
    private const string Folder = "Gateway.Tests/Golden/Files/";

    private static readonly DialectProfile Rich = new()
    {
        PdfFileParts = true,
        ReasoningRequest = ReasoningRequest.Effort,
        StrictTools = true,
        TopK = true,
        UserField = true,
    };

    [TestCaseSource(nameof(ChatAnswers))]
    public void An_answer_of_Chat_Completions_is_cut_anywhere(string file) => CheckStream(file, "out", (stream, piece) =>
        Streams.Translate(new StreamTranslator(), stream, ContextOf(file), piece));

    [TestCaseSource(nameof(ResponsesAnswers))]
    public void An_answer_of_Responses_is_cut_anywhere(string file) => CheckStream(file, "out", (stream, piece) =>
        Streams.Translate(new StreamTranslator(), stream, Streams.Context(isResponses: true), piece));

    [TestCaseSource(nameof(AnthropicAnswers))]
    public void An_answer_of_Anthropics_is_cut_anywhere(string file) => CheckStream(file, "out", (stream, piece) =>
        ChatStreams.Translate(stream, ChatStreams.Context(includesUsage: true), piece));

    [TestCaseSource(nameof(AnthropicRequests))]
    public void A_request_of_Anthropics(string file)
    {
        Check(file, "chat", Translate(file, TranslationTarget.Chat, new DialectProfile()));
        Check(file, "chat-rich", Translate(file, TranslationTarget.Chat, Rich));
        Check(file, "responses", Translate(file, TranslationTarget.Responses, Rich));
    }

    [TestCaseSource(nameof(ChatRequests))]
    public void A_request_of_OpenAIs(string file)
    {
        var output = new ArrayBufferWriter<byte>();
        var verdict = new ChatRequestReader().Read(new ReadOnlySequence<byte>(Bytes(file)), output);
        Assert.That(verdict.Status, Is.EqualTo(200), verdict.Message);
        Check(file, "messages", Encoding.UTF8.GetString(output.WrittenSpan) + "\n");
    }

    private static IEnumerable<string> ChatAnswers() => Files("*.chat.sse");

    private static IEnumerable<string> ResponsesAnswers() => Files("*.responses.sse");

    private static IEnumerable<string> AnthropicAnswers() => Files("*.anthropic.sse");

    private static IEnumerable<string> AnthropicRequests() => Files("*.messages.json");

    private static IEnumerable<string> ChatRequests() => Files("*.completions.json");

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, Folder), pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(SourceTree.Root, Folder, file));

    private static AnswerContext ContextOf(string file) =>
        Streams.Context(new DialectProfile { ThinkTags = file.StartsWith("think-tags", StringComparison.Ordinal), ReasoningReplay = ReasoningReplay.ReasoningContent });

    private static string Translate(string file, TranslationTarget target, DialectProfile profile)
    {
        var output = new ArrayBufferWriter<byte>();
        var translator = new RequestTranslator();
        var verdict = translator.Translate(new ReadOnlySequence<byte>(Bytes(file)), target, profile, "p"u8, "up"u8, output);
        Assert.That(verdict.Status, Is.EqualTo(200), verdict.Message);
        return $"{Encoding.UTF8.GetString(output.WrittenSpan)}\n(dropped: {Encoding.UTF8.GetString(translator.Dropped)})\n";
    }

    // Whole, in pieces of every size, and in two at every byte.
    private static void CheckStream(string file, string ending, Func<byte[], int, string> translate)
    {
        var stream = Bytes(file);
        var whole = translate(stream, stream.Length);
        Check(file, ending, whole);
        for (var piece = 1; piece <= LargestPiece; piece++)
        {
            Assert.That(translate(stream, piece), Is.EqualTo(whole), $"in pieces of {piece}");
        }

        for (var cut = LargestPiece + 1; cut < stream.Length; cut++)
        {
            Assert.That(translate(stream, cut), Is.EqualTo(whole), $"cut at {cut}");
        }
    }

    private static void Check(string file, string ending, string found)
    {
        var path = Path.Combine(SourceTree.Root, Folder, $"{file}.{ending}");
        if (Environment.GetEnvironmentVariable("GATEWAY_GOLDEN") == "write")
        {
            File.WriteAllText(path, found);
            Assert.Warn($"{Path.GetFileName(path)} was written anew: look at the difference.");
        }

        Assert.That(found, Is.EqualTo(File.ReadAllText(path)), Path.GetFileName(path));
    }
}
