using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class FieldRecorderTests
{
    [TestCase("""{"thinking":{"type":"adaptive"}}""", ThinkingMode.Adaptive)]
    [TestCase("""{"thinking":{"type":"disabled"}}""", ThinkingMode.Disabled)]
    [TestCase("""{"thinking":{"type":"later"}}""", ThinkingMode.Other)]
    [TestCase("""{"thinking":null}""", ThinkingMode.Absent)]
    [TestCase("""{"metadata":{"thinking":{"type":"enabled"}}}""", ThinkingMode.Absent)]
    public void Notes_the_mode_of_thinking(string text, ThinkingMode expected) => Assert.That(Scans.Of(text).Result.Thinking, Is.EqualTo(expected));

    [TestCase("""{"output_config":{"effort":"low"}}""", false)]
    [TestCase("""{"output_config":{"format":null}}""", false)]
    [TestCase("""{"output_config":{"format":{}}}""", true)]
    [TestCase("""{"output_format":{"type":"json_schema"}}""", true)]
    [TestCase("""{"output_format":null}""", false)]
    public void Notes_a_wish_for_json(string text, bool expected) => Assert.That(Scans.Of(text).Result.WantsJson, Is.EqualTo(expected));

    [Test]
    public void Counts_anew_when_a_field_comes_twice() =>
        Assert.That(Scans.Of("""{"messages":[1,2,3],"messages":[1],"tools":[{"type":"x"}],"tools":[]}""").Result, Has.Property("Messages").EqualTo(1).And.Property("Tools").EqualTo(0));

    [TestCase("web_search_20250305", 1)]
    [TestCase("code_execution_20250825", 1)]
    [TestCase("custom", 0)]
    [TestCase("bash_20250124", 0)]
    [TestCase("text_editor_20250728", 0)]
    [TestCase("memory_20250818", 0)]
    [TestCase("computer_20250124", 0)]
    public void A_tool_is_the_servers_only_if_the_client_does_not_run_it(string type, int count) =>
        Assert.That(Scans.Of($$"""{"tools":[{"type":"{{type}}","name":"n"}]}""").Result.ServerTools, Is.EqualTo(count));
}
