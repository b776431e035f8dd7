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
    [TestCase(ReasoningRequest.Adaptive, High, "", "", """{"type":"adaptive"}""")]
    [TestCase(ReasoningRequest.Adaptive, Off, "", "", """{"type":"disabled"}""")]
    public void In_chat(ReasoningRequest form, string members, string effort, string reasoning, string thinking)
    {
        var translated = Translated.Chat(Translated.With(members), new() { ReasoningRequest = form, EffortLevels = ["none", "low", "high"] });
        Assert.That(translated.Member("reasoning_effort"), Is.EqualTo(effort));
        Assert.That(translated.Member("reasoning"), Is.EqualTo(reasoning));
        Assert.That(translated.Member("thinking"), Is.EqualTo(thinking));
    }

    [TestCase(ReasoningRequest.ThinkingTokenBudget, "thinking_token_budget", High, 100_000, "24576")]
    [TestCase(ReasoningRequest.ThinkingBudget, "thinking_budget", High, 1_000, "500")]
    [TestCase(ReasoningRequest.ThinkingBudgetTokens, "thinking_budget_tokens", Off, 1_000, "0")]
    [TestCase(ReasoningRequest.ThinkingTokenBudget, "thinking_token_budget", "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":31999}", 100_000, "50000")]
    [TestCase(ReasoningRequest.ThinkingTokenBudget, "thinking_token_budget", "", 100_000, "")]
    public void In_tokens(ReasoningRequest form, string name, string members, int maxTokens, string budget)
    {
        var request = Translated.With(members).Replace("\"max_tokens\":10,", $"\"max_tokens\":{maxTokens},", StringComparison.Ordinal);
        Assert.That(Translated.Chat(request, new() { ReasoningRequest = form }).Member(name), Is.EqualTo(budget));
    }

    [Test]
    public void Zai_gets_no_effort_where_no_level_is_known()
    {
        var translated = Translated.Chat(Translated.With(High), new() { ReasoningRequest = ReasoningRequest.Zai, EffortLevels = ["none"] });
        Assert.That((translated.Member("reasoning_effort"), translated.Member("thinking")), Is.EqualTo(("", """{"type":"enabled"}""")));
    }

    [TestCase(ReasoningRequest.Effort, "", "")]
    [TestCase(ReasoningRequest.OpenRouter, "", """{"enabled":true}""")]
    public void No_empty_effort_is_sent_where_no_level_is_known(ReasoningRequest form, string effort, string reasoning)
    {
        var profile = new DialectProfile { ReasoningRequest = form, EffortLevels = ["none"] };
        var translated = Translated.Chat(Translated.With(High), profile);
        Assert.That((translated.Member("reasoning_effort"), translated.Member("reasoning")), Is.EqualTo((effort, reasoning)));
        Assert.That(Translated.Responses(Translated.With(High), profile).Member("reasoning"), Is.Empty);
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
