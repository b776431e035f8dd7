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
    public void Notes_a_wish_for_json(string text, bool expected) => Assert.That(Scans.Of(text).Result.WantsJson, Is.EqualTo(expected));

    [Test]
    public void Counts_anew_when_a_field_comes_twice() =>
        Assert.That(Scans.Of("""{"messages":[1,2,3],"messages":[1],"tools":[{"type":"x"}],"tools":[]}""").Result, Has.Property("Messages").EqualTo(1).And.Property("Tools").EqualTo(0));
}
