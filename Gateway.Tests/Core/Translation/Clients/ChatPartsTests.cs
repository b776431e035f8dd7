namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatPartsTests
{
    [TestCase("\"a \\\"b\\\" \\u00e4\"", """[{"type":"text","text":"a \"b\" \u00e4"}]""")]
    [TestCase("""[{"type":"text","text":"a"},{"type":"text","text":"b"}]""", """[{"type":"text","text":"a"},{"type":"text","text":"b"}]""")]
    [TestCase("""[{"type":"text","text":"a"},{"type":"text","text":" \n \t\r"}]""", """[{"type":"text","text":"a"}]""")]
    [TestCase("""[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]""", """[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]""")]
    public void Text_is_copied_as_it_came(string content, string blocks) => Assert.That(ReadChat.Blocks(content), Is.EqualTo(blocks));

    [TestCase("""[{"type":"input_audio","input_audio":{"data":"AA"}}]""")]
    [TestCase("""[{"type":"text"}]""")]
    [TestCase("""[{"text":"x"}]""")]
    [TestCase("""["x"]""")]
    public void Content_never_gets_lost_in_silence(string content) =>
        Assert.That(ReadChat.FaultOfContent(content), Is.EqualTo("messages[0].content[0].type: only text, image_url and file are supported"));

    [TestCase("system")]
    [TestCase("assistant")]
    public void Only_the_user_shows_images(string role) => Assert.That(
        ReadChat.Of($$$$"""[{"role":"{{{{role}}}}","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"https://x/y"}}]},{"role":"user","content":"x"}]""").Fault,
        Is.EqualTo("messages[0].content[1].type: only text is supported here"));

    [Test]
    public void A_refusal_is_what_was_said() => Assert.That(
        ReadChat.Messages("""[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"refusal","refusal":"no"}]}]"""),
        Does.EndWith("""{"role":"assistant","content":[{"type":"text","text":"no"}]}]"""));
}
