namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatOutputConfigTests
{
    private const string Schema = """{"type":"object","properties":{},"additionalProperties":false}""";

    [TestCase("minimal", "low")]
    [TestCase("low", "low")]
    [TestCase("medium", "medium")]
    [TestCase("high", "high")]
    [TestCase("xhigh", "xhigh")]
    [TestCase("max", "max")]
    public void An_effort(string asked, string effort)
    {
        var read = ReadChat.With($"\"reasoning_effort\":\"{asked}\"");
        Assert.That(read.Member("output_config"), Is.EqualTo($$"""{"effort":"{{effort}}"}"""));
        Assert.That(read.Member("thinking"), Is.Empty);
    }

    [TestCase("\"reasoning_effort\":\"none\"", """{"type":"disabled"}""")]
    [TestCase("\"reasoning_effort\":\"none\",\"thinking\":{\"type\":\"adaptive\"}", """{"type":"disabled"}""")]
    [TestCase("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}", """{"type":"enabled","budget_tokens":2000}""")]
    [TestCase("\"reasoning_effort\":null", "")]
    public void Thinking(string members, string thinking)
    {
        var read = ReadChat.With(members);
        Assert.That(read.Member("thinking"), Is.EqualTo(thinking));
        Assert.That(read.Member("output_config"), Is.Empty);
    }

    [TestCase("\"\"")]
    [TestCase("\"huge\"")]
    [TestCase("3")]
    public void An_unknown_effort_is_refused(string effort) => Assert.That(
        ReadChat.With("\"reasoning_effort\":" + effort).Fault,
        Is.EqualTo("reasoning_effort: must be none, minimal, low, medium, high, xhigh or max"));

    [Test]
    public void A_schema_is_never_rewritten()
    {
        var format = $$$"""
            "response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{{{Schema}}}}}
            """;
        Assert.That(ReadChat.With(format).Member("output_config"), Is.EqualTo($$$$"""{"format":{"type":"json_schema","schema":{{{{Schema}}}}}}"""));
        Assert.That(
            ReadChat.With("\"reasoning_effort\":\"low\"," + format).Member("output_config"),
            Is.EqualTo($$$$"""{"effort":"low","format":{"type":"json_schema","schema":{{{{Schema}}}}}}"""));
    }

    [TestCase("[]")]
    [TestCase("""[{"role":"system","content":"be good"}]""")]
    public void Json_of_any_shape_is_asked_for_in_the_prompt(string first)
    {
        var read = ReadChat.Of($$"""[{{first[1..^1]}}{{(first.Length > 2 ? "," : "")}}{"role":"user","content":"x"}]""", """
            "response_format":{"type":"json_object"}
            """);
        Assert.That(read.Member("system"), Does.EndWith("""{"type":"text","text":"Answer with one JSON object and with nothing else."}]"""));
        Assert.That(read.Member("system").Contains("be good", StringComparison.Ordinal), Is.EqualTo(first.Length > 2));
        Assert.That(read.Member("output_config"), Is.Empty);
    }

    [TestCase("null")]
    [TestCase("""{"type":"text"}""")]
    public void Text_needs_no_words(string format)
    {
        var read = ReadChat.With("\"response_format\":" + format);
        Assert.That(read.Member("system") + read.Member("output_config"), Is.Empty);
    }

    [TestCase("""{"type":"grammar"}""", "response_format.type: must be text, json_object or json_schema")]
    [TestCase("""{"type":"json_schema"}""", "response_format.json_schema.schema: an object is required")]
    [TestCase("""{"type":"json_schema","json_schema":{"name":"n"}}""", "response_format.json_schema.schema: an object is required")]
    public void Refuses(string format, string fault) => Assert.That(ReadChat.With("\"response_format\":" + format).Fault, Is.EqualTo(fault));
}
