using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Marks for the prompt cache reach the models that go by them, in the number and the places they take.</summary>
[TestFixture]
internal sealed class CacheMarkListTests
{
    private const string Mark = "\"cache_control\":{\"type\":\"ephemeral\"}";
    private const string Breakpoint = "\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"}";

    private static readonly DialectProfile Marks = new() { Marks = CacheMarks.CacheControl };
    private static readonly DialectProfile Breakpoints = new() { Marks = CacheMarks.Breakpoint };

    [Test]
    public void Of_more_than_four_marks_the_last_four_stay()
    {
        var translated = Translated.Chat(Translated.Request($"[{Text("user", "a")},{Text("assistant", "b")},{Text("user", "c")}]", $"\"system\":[{Block("s")},{Block("t")},{Block("u")}]"), Marks);
        Assert.That(translated.Json.Split(Mark), Has.Length.EqualTo(5));
        Assert.That(translated.Member("messages"), Does.StartWith("[{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"s\"},{\"type\":\"text\",\"text\":\"t\"},{\"type\":\"text\",\"text\":\"u\"," + Mark));
    }

    [TestCase("\"content\":\"r\"", "{\"type\":\"text\",\"text\":\"r\",MARK}")]
    [TestCase("\"content\":[{\"type\":\"text\",\"text\":\"r\"},{\"type\":\"text\",\"text\":\"q\"}]", "{\"type\":\"text\",\"text\":\"r\"},{\"type\":\"text\",\"text\":\"q\",MARK}")]
    public void The_mark_of_a_tools_result_is_its_last_texts(string content, string parts)
    {
        var messages = Translated.Messages(
            "[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"n\",\"input\":{}}]},"
            + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\"," + content + "," + Mark + "}]}]",
            Marks);
        Assert.That(messages, Does.Contain("\"tool_call_id\":\"a\",\"content\":[" + parts.Replace("MARK", Mark, StringComparison.Ordinal) + "]"));
    }

    [Test]
    public void A_result_without_text_stays_empty() => Assert.That(
        Translated.Messages(
            "[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"n\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\"," + Mark + "}]}]",
            Marks),
        Does.EndWith("\"tool_call_id\":\"a\",\"content\":\"\"}]"));

    [Test]
    public void A_message_of_the_systems_bears_marks_as_well() => Assert.That(
        Translated.Messages($"[{Text("user", "a")},{Text("system", "b")}]", Marks),
        Does.EndWith("{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"b\"," + Mark + "}]}]"));

    [TestCase("user", "system", "b")]
    [TestCase("user", "assistant", "a")]
    public void A_breakpoint_stands_on_the_last_marked_text_alone(string first, string second, string marked)
    {
        var request = Translated.Request($"[{Text(first, "a")},{Text(second, "b")}]", $"\"system\":[{Block("s")}]");
        foreach (var translated in new[] { Translated.Chat(request, Breakpoints), Translated.Responses(request, Breakpoints) })
        {
            Assert.That(translated.Json.Split(Breakpoint), Has.Length.EqualTo(2), translated.Json);
            Assert.That(translated.Json, Does.Contain($"\"text\":\"{marked}\",{Breakpoint}").And.Not.Contain("cache_control"));
        }
    }

    [Test]
    public void Instructions_have_no_place_for_a_breakpoint()
    {
        var request = Translated.Request("[{\"role\":\"user\",\"content\":\"a\"}]", $"\"system\":[{Block("s")}]");
        Assert.That(Translated.Responses(request, Breakpoints).Json, Does.Not.Contain("breakpoint"));
        Assert.That(Translated.Chat(request, Breakpoints).Json, Does.Contain($"\"text\":\"s\",{Breakpoint}"));
    }

    private static string Text(string role, string text) => $"{{\"role\":\"{role}\",\"content\":[{Block(text)}]}}";

    private static string Block(string text) => $"{{\"type\":\"text\",\"text\":\"{text}\",{Mark}}}";
}
