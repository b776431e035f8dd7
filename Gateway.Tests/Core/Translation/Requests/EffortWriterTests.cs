using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Each provider is asked to think in its own form.</summary>
[TestFixture]
internal sealed class EffortWriterTests
{
    private const string High = """
        "output_config":{"effort":"high"}
        """;

    private const string Off = """
        "thinking":{"type":"disabled"}
        """;

    [TestCase(ReasoningRequest.None, High, "", "", "")]
    [TestCase(ReasoningRequest.Effort, High, "\"high\"", "", "")]
    [TestCase(ReasoningRequest.Effort, Off, "\"none\"", "", "")]
    [TestCase(ReasoningRequest.OpenRouter, High, "", """{"effort":"high"}""", "")]
    [TestCase(ReasoningRequest.OpenRouter, Off, "", """{"enabled":false}""", "")]
    [TestCase(ReasoningRequest.Zai, High, "\"high\"", "", """{"type":"enabled"}""")]
    [TestCase(ReasoningRequest.Zai, Off, "", "", """{"type":"disabled"}""")]
    [TestCase(ReasoningRequest.DeepSeek, High, "\"high\"", "", """{"type":"enabled"}""")]
    [TestCase(ReasoningRequest.DeepSeek, "", "", "", "")]
    public void In_chat(ReasoningRequest form, string members, string effort, string reasoning, string thinking)
    {
        var translated = Translated.Chat(Translated.With(members), new() { ReasoningRequest = form, EffortLevels = ["none", "low", "high"] });
        Assert.That(translated.Member("reasoning_effort"), Is.EqualTo(effort));
        Assert.That(translated.Member("reasoning"), Is.EqualTo(reasoning));
        Assert.That(translated.Member("thinking"), Is.EqualTo(thinking));
    }

    [Test]
    public void Nothing_is_sent_to_switch_off_what_has_no_switch()
    {
        var translated = Translated.Chat(Translated.With(Off), new() { ReasoningRequest = ReasoningRequest.Effort });
        Assert.That(translated.Member("reasoning_effort"), Is.Empty);
    }

    [Test]
    public void Zai_gets_no_effort_unless_the_model_knows_levels()
    {
        var translated = Translated.Chat(Translated.With(High), new() { ReasoningRequest = ReasoningRequest.Zai });
        Assert.That(translated.Member("reasoning_effort"), Is.Empty);
        Assert.That(translated.Member("thinking"), Is.EqualTo("""{"type":"enabled"}"""));
    }

    [TestCase(High, """{"effort":"high","summary":"auto"}""")]
    [TestCase(Off, """{"effort":"none"}""")]
    [TestCase("", "")]
    public void In_responses(string members, string reasoning) => Assert.That(
        Translated.Responses(Translated.With(members), new() { EffortLevels = ["none", "low", "high"] }).Member("reasoning"),
        Is.EqualTo(reasoning));

    [TestCase(High)]
    [TestCase(Off)]
    public void In_responses_a_model_without_levels_is_not_asked(string members) =>
        Assert.That(Translated.Responses(Translated.With(members)).Member("reasoning"), Is.Empty);
}
