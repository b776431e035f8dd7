using System.Buffers;
using System.Text;
using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Reasoning goes back to the provider it came from.</summary>
[TestFixture]
internal sealed class ReplayWriterTests
{
    private const string Details = """
        "reasoning_details":[{"type":"reasoning.text","text":"t","signature":"S"}]
        """;

    [Test]
    public void Never_means_never() => Assert.That(
        Replayed(new() { ReasoningReplay = ReasoningReplay.Never }, Thinking("t", Signature("\"x\":1"))),
        Is.Empty);

    [TestCase(ReasoningReplay.ReasoningContent)]
    [TestCase(ReasoningReplay.ReasoningDetails)]
    public void Anothers_is_left_out(ReasoningReplay replay) => Assert.That(
        Replayed(new() { ReasoningReplay = replay }, Thinking("t", "EpYB"), Thinking("t", Signature("", "another"))),
        Is.Empty);

    [TestCase(ReasoningReplay.ReasoningContent, "reasoning_content")]
    [TestCase(ReasoningReplay.Reasoning, "reasoning")]
    public void Own_text_is_replayed_as_one(ReasoningReplay replay, string name) => Assert.That(
        Replayed(new() { ReasoningReplay = replay }, Thinking("a", Signature("")), Thinking("x", "EpYB"), Thinking("\\nb", Signature(""))),
        Is.EqualTo($$"""
            ,"{{name}}":"a\nb"
            """));

    [Test]
    public void Who_wants_any_gets_any_and_the_field_even_if_it_is_empty()
    {
        var profile = new DialectProfile { ReasoningReplay = ReasoningReplay.ReasoningContent, ReplaysForeignReasoning = true };
        Assert.That(Replayed(profile, Thinking("t", "EpYB")), Is.EqualTo(",\"reasoning_content\":\"t\""));
        Assert.That(Replayed(profile), Is.EqualTo(",\"reasoning_content\":\"\""));
    }

    [Test]
    public void Details_are_replayed_as_they_came() => Assert.That(
        Replayed(new() { ReasoningReplay = ReasoningReplay.ReasoningDetails }, Thinking("t", Signature(Details)), Thinking("u", Signature(Details)), Thinking("v", Signature(""))),
        Is.EqualTo("""
            ,"reasoning_details":[{"type":"reasoning.text","text":"t","signature":"S"},{"type":"reasoning.text","text":"t","signature":"S"},{"type":"reasoning.text","text":"v"}]
            """));

    [TestCase("\"encrypted_content\":null")]
    [TestCase("\"id\":\"r\"")]
    [TestCase("")]
    public void Responses_gets_no_item_without_its_cipher(string members) => Assert.That(
        Translated.Items(
            $$"""[{"role":"assistant","content":[{{Thinking("t", Signature(members))}},{"type":"text","text":"a"}]}]""",
            new() { ReasoningReplay = ReasoningReplay.Encrypted }),
        Does.Not.Contain("reasoning"));

    [Test]
    public void Responses_gets_the_item_before_its_call() => Assert.That(
        Translated.Items(
            $$$"""[{"role":"assistant","content":[{{{Thinking("", Signature("\"id\":\"r\",\"encrypted_content\":\"E\""))}}},{"type":"tool_use","id":"t","name":"f","input":{}}]}]""",
            new() { ReasoningReplay = ReasoningReplay.Encrypted }),
        Does.StartWith("""[{"type":"reasoning","id":"r","summary":[],"encrypted_content":"E"},{"type":"function_call","""));

    /// <summary>A signature as the gateway packs it.</summary>
    internal static string Signature(string members, string provider = Translated.Provider)
    {
        var output = new ArrayBufferWriter<byte>();
        ReasoningSignature.Pack(Encoding.UTF8.GetBytes(provider), Encoding.UTF8.GetBytes(members), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Thinking(string text, string signature) =>
        $$"""{"type":"thinking","thinking":"{{text}}","signature":"{{signature}}"}""";

    // What the message holds beside its text.
    private static string Replayed(DialectProfile profile, params string[] blocks)
    {
        var content = string.Join(',', [.. blocks, """{"type":"text","text":"a"}"""]);
        var messages = Translated.Messages($$"""[{"role":"assistant","content":[{{content}}]}]""", profile);
        const string Before = """[{"role":"assistant","content":"a" """;
        Assert.That(messages, Does.StartWith(Before.TrimEnd()));
        return messages[Before.TrimEnd().Length..^2];
    }
}
