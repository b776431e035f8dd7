namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ChatReaderTests
{
    [Test]
    public void A_whole_message_has_as_many_calls_as_stand_in_it()
    {
        var message = Streams.Message("""
            {"choices":[{"message":{"tool_calls":[{"id":"c","function":{"name":"A","arguments":"{}"}},{"id":"c","function":{"name":"B","arguments":"{}"}},{"id":"d","index":0,"function":{"name":"C","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}
            """);
        Assert.That(message, Does.Contain("\"name\":\"A\"").And.Contain("\"name\":\"B\"").And.Contain("\"name\":\"C\""));
    }

    [Test]
    public void Blanks_behind_a_call_begin_the_text_that_follows() => Assert.That(
        Streams.Translate(Streams.Call(0, "a", "A", "{}") + Streams.Delta("\"content\":\"\\n\"") + Streams.Delta("\"content\":\"so\"") + Streams.End("stop")),
        Does.Contain("\"text\":\"\\n\"").And.Contain("\"text\":\"so\""));

    [Test]
    public void Takes_reasoning_before_text_whatever_their_order() => Assert.That(
        Streams.Translate(Streams.Delta("\"content\":\"t\",\"reasoning_content\":\"r\",\"reasoning\":\"r\"") + Streams.End("stop")),
        Does.Contain("\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"r\"}").And.Contain("\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"t\"}"));
}
