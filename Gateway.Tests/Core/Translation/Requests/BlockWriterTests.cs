namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Every block of a user's content is sent, told or named as lost.</summary>
[TestFixture]
internal sealed class BlockWriterTests
{
    private const string Image = """{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"AAAA"}}""";

    [Test]
    public void Texts_alone_are_one_string() => Assert.That(
        Content("""[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":""},{"type":"text","text":"b\u00fc"}]"""),
        Is.EqualTo("""
            "a\nb\u00fc"
            """));

    [Test]
    public void Beside_an_image_they_are_parts_in_their_order() => Assert.That(
        Content($$"""[{"type":"text","text":"a"},{{Image}},{"type":"text","text":"b"}]"""),
        Is.EqualTo("""[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,AAAA"}},{"type":"text","text":"b"}]"""));

    [Test]
    public void A_model_without_eyes_is_told_of_the_image()
    {
        var translated = Translated.Chat(Translated.Request($$"""[{"role":"user","content":[{{Image}}]}]"""), new() { Vision = false });
        Assert.That(translated.Json, Does.Contain("(image omitted: this model does not support images)"));
        Assert.That(translated.Dropped, Is.EqualTo("image"));
    }

    [Test]
    public void What_nobody_knows_is_named_as_lost()
    {
        var translated = Translated.Chat(Translated.Request("""[{"role":"user","content":[{"type":"hologram","data":"Z"},{"type":"container_upload","file_id":"f"},{"type":"text","text":"a"}]}]"""));
        Assert.That(translated.Member("messages"), Is.EqualTo("""[{"role":"user","content":"a"}]"""));
        Assert.That(translated.Dropped, Is.EqualTo("hologram,container_upload"));
    }

    [Test]
    public void A_reference_tells_which_tool_there_is_now() => Assert.That(
        Content("""[{"type":"tool_reference","tool_name":"mcp__a"}]"""),
        Is.EqualTo("\"Tool mcp__a is now available.\""));

    [Test]
    public void Responses_gets_parts_of_its_own() => Assert.That(
        Translated.Items($$"""[{"role":"user","content":[{"type":"text","text":"a"},{{Image}}]},{"role":"user","content":"s"}]"""),
        Is.EqualTo("""[{"type":"message","role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_image","image_url":"data:image/jpeg;base64,AAAA","detail":"auto"}]},{"type":"message","role":"user","content":[{"type":"input_text","text":"s"}]}]"""));

    private static string Content(string content)
    {
        var messages = Translated.Messages($$"""[{"role":"user","content":{{content}}}]""");
        return messages["""[{"role":"user","content":""".Length..^2];
    }
}
