using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Translation.Clients;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Clients;

/// <summary>A client's request after it was read, as tests look at it.</summary>
internal sealed record ReadChat(TranslationVerdict Verdict, string Json, string Dropped, ChatRequestReader Reader)
{
    /// <summary>Reads a request.</summary>
    public static ReadChat From(string request, ChatRequestReader? reader = null)
    {
        reader ??= new ChatRequestReader();
        var output = new ArrayBufferWriter<byte>();
        var verdict = reader.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(request)), output);
        return new ReadChat(verdict, Encoding.UTF8.GetString(output.WrittenSpan), Encoding.UTF8.GetString(reader.Dropped), reader);
    }

    /// <summary>Reads a request with these messages.</summary>
    public static ReadChat Of(string messages, string members = "") => From(
        $$"""{"model":"m","messages":{{messages}}{{(members.Length > 0 ? "," : "")}}{{members}}}""");

    /// <summary>Reads a request with one message and further members.</summary>
    public static ReadChat With(string members) => Of("""[{"role":"user","content":"x"}]""", members);

    /// <summary>What a request with these messages is to Anthropic.</summary>
    public static string Messages(string messages) => Of(messages).Member("messages");

    /// <summary>The blocks that a user's content becomes.</summary>
    public static string Blocks(string content)
    {
        var messages = Messages($$"""[{"role":"user","content":{{content}}}]""");
        using var document = JsonDocument.Parse(messages);
        return document.RootElement[0].GetProperty("content").GetRawText();
    }

    /// <summary>Why a request with this user's content is refused.</summary>
    public static string? FaultOfContent(string content) => Of($$"""[{"role":"user","content":{{content}}}]""").Fault;

    /// <summary>Why it is refused; null if it is not.</summary>
    public string? Fault
    {
        get
        {
            Assert.That(Verdict.Status, Is.EqualTo(Verdict.Message is null ? 200 : 400));
            return Verdict.Message;
        }
    }

    /// <summary>JSON of a member of Anthropic's request; empty if there is none.</summary>
    public string Member(string name)
    {
        Assert.That(Verdict.Status, Is.EqualTo(200), Verdict.Message);
        using var document = JsonDocument.Parse(Json);
        return document.RootElement.TryGetProperty(name, out var member) ? member.GetRawText() : "";
    }
}
