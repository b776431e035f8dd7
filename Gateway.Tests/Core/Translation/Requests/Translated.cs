using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>A request after its translation, as tests look at it.</summary>
internal sealed record Translated(TranslationVerdict Verdict, string Json, string Dropped, RequestTranslator Translator)
{
    /// <summary>The name of the provider in these tests.</summary>
    public const string Provider = "own";

    /// <summary>Translates a request for Chat Completions.</summary>
    public static Translated Chat(string request, DialectProfile? profile = null) => From(request, TranslationTarget.Chat, profile);

    /// <summary>Translates a request for Responses.</summary>
    public static Translated Responses(string request, DialectProfile? profile = null) => From(request, TranslationTarget.Responses, profile);

    /// <summary>The translated messages (or items) of a conversation.</summary>
    public static string Messages(string messages, DialectProfile? profile = null) => Chat(Request(messages), profile).Member("messages");

    /// <summary>The translated items of a conversation.</summary>
    public static string Items(string messages, DialectProfile? profile = null) => Responses(Request(messages), profile).Member("input");

    /// <summary>A request with these messages and further members.</summary>
    public static string Request(string messages, string members = "") =>
        $$"""{"model":"m","max_tokens":10,"messages":{{messages}}{{(members.Length > 0 ? "," : "")}}{{members}}}""";

    /// <summary>A request with one message and further members.</summary>
    public static string With(string members) => Request("""[{"role":"user","content":"x"}]""", members);

    /// <summary>JSON of a member of the provider's request; empty if there is none.</summary>
    public string Member(string name)
    {
        Assert.That(Verdict.Status, Is.EqualTo(200), Verdict.Message);
        using var document = JsonDocument.Parse(Json);
        return document.RootElement.TryGetProperty(name, out var member) ? member.GetRawText() : "";
    }

    private static Translated From(string request, TranslationTarget target, DialectProfile? profile)
    {
        var translator = new RequestTranslator();
        var output = new ArrayBufferWriter<byte>();
        var body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(request));
        var verdict = translator.Translate(body, target, profile ?? new DialectProfile(), Encoding.UTF8.GetBytes(Provider), "up"u8, output);
        return new Translated(verdict, Encoding.UTF8.GetString(output.WrittenSpan), Encoding.UTF8.GetString(translator.Dropped), translator);
    }
}
