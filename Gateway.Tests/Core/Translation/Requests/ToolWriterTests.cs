using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Tools and the choice among them, in both dialects.</summary>
[TestFixture]
internal sealed class ToolWriterTests
{
    private const string Closed = """{"type":"object","properties":{},"additionalProperties":false}""";

    [TestCase("""{"name":"f","description":"d","input_schema":{"type":"object","properties":{}},"cache_control":{"type":"ephemeral"},"input_examples":[]}""",
        """{"name":"f","description":"d","parameters":{"type":"object","properties":{}}""")]
    [TestCase("""{"type":"custom","name":"f","description":""}""", """{"name":"f","parameters":{"type":"object","properties":{}}""")]
    public void A_tool_is_a_function(string tool, string function)
    {
        var request = Translated.With($$"""
            "tools":[{{tool}}]
            """);
        Assert.That(Translated.Chat(request).Member("tools"), Is.EqualTo($$$"""[{"type":"function","function":{{{function}}}}}]"""));
        Assert.That(Translated.Responses(request).Member("tools"), Is.EqualTo($$"""[{"type":"function",{{function[1..]}},"strict":false}]"""));
    }

    [Test]
    public void A_client_tool_of_Anthropics_gets_its_parameters() => Assert.That(
        Translated.Chat(Translated.With("""
            "tools":[{"type":"bash_20250124","name":"bash"}]
            """)).Member("tools"),
        Does.StartWith("""[{"type":"function","function":{"name":"bash","description":"Runs""").And.Contains("\"restart\""));

    [TestCase(true, Closed, true)]
    [TestCase(false, Closed, false)]
    [TestCase(true, """{"type":"object","properties":{}}""", false)]
    public void Strict_is_sent_where_it_is_known_and_holds(bool isKnown, string schema, bool isStrict)
    {
        var request = Translated.With($$"""
            "tools":[{"name":"f","input_schema":{{schema}},"strict":true}]
            """);
        var profile = new DialectProfile { StrictTools = isKnown };
        Assert.That(Translated.Chat(request, profile).Member("tools").Contains("\"strict\":true", StringComparison.Ordinal), Is.EqualTo(isStrict));
        Assert.That(Translated.Responses(request, profile).Member("tools"), Does.Contain(isStrict ? "\"strict\":true" : "\"strict\":false"));
    }

    [TestCase("""{"type":"auto"}""", "\"auto\"", "\"auto\"")]
    [TestCase("""{"type":"none"}""", "\"none\"", "\"none\"")]
    [TestCase("""{"type":"any"}""", "\"required\"", "\"required\"")]
    [TestCase("""{"type":"tool","name":"f"}""", """{"type":"function","function":{"name":"f"}}""", """{"type":"function","name":"f"}""")]
    [TestCase("""{"type":"tool","name":"gone"}""", "\"auto\"", "\"auto\"")]
    [TestCase("""{"type":"new"}""", "", "")]
    public void A_choice(string choice, string chat, string responses)
    {
        Assert.That(Translated.Chat(Choosing(choice)).Member("tool_choice"), Is.EqualTo(chat));
        Assert.That(Translated.Responses(Choosing(choice)).Member("tool_choice"), Is.EqualTo(responses));
    }

    [TestCase("""{"type":"any"}""")]
    [TestCase("""{"type":"tool","name":"f"}""")]
    public void Who_cannot_be_forced_is_left_free(string choice)
    {
        var translated = Translated.Chat(Choosing(choice), new() { ToolChoiceRequired = false });
        Assert.That(translated.Member("tool_choice"), Is.EqualTo("\"auto\""));
        Assert.That(translated.Dropped, Is.EqualTo("tool_choice"));
    }

    [TestCase(true, "false")]
    [TestCase(false, "")]
    public void One_call_at_a_time_is_asked_of_those_who_know_it(bool isKnown, string written) => Assert.That(
        Translated.Chat(Choosing("""{"type":"auto","disable_parallel_tool_use":true}"""), new() { ParallelToolCalls = isKnown }).Member("parallel_tool_calls"),
        Is.EqualTo(written));

    private static string Choosing(string choice) => Translated.With($$"""
        "tools":[{"name":"f"}],"tool_choice":{{choice}}
        """);
}
