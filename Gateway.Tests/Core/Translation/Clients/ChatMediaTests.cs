namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatMediaTests
{
    [TestCase("data:image/png;base64,AAAA", """{"type":"base64","media_type":"image/png","data":"AAAA"}""")]
    [TestCase("data:image\\/webp;base64,A\\/A=", """{"type":"base64","media_type":"image/webp","data":"A/A="}""")]
    [TestCase("data:image/jpg;base64,AAAA", """{"type":"base64","media_type":"image/jpeg","data":"AAAA"}""")]
    [TestCase("data:;base64,AAAA", """{"type":"base64","media_type":"image/png","data":"AAAA"}""")]
    [TestCase("https://a/b?c=\\\"d\\\"", """{"type":"url","url":"https://a/b?c=\"d\""}""")]
    [TestCase("HTTP://a/b", """{"type":"url","url":"HTTP://a/b"}""")]
    public void An_image_keeps_its_bytes_or_its_address(string url, string source)
    {
        var block = $$"""[{"type":"image","source":{{source}}}]""";
        Assert.That(ReadChat.Blocks($$$$"""[{"type":"image_url","image_url":{"url":"{{{{url}}}}","detail":"low"}}]"""), Is.EqualTo(block));
        Assert.That(ReadChat.Blocks($$"""[{"type":"image_url","image_url":"{{url}}"}]"""), Is.EqualTo(block));
    }

    [TestCase("\"ftp://a\"")]
    [TestCase("\"data:image/png,AAAA\"")]
    [TestCase("\"data:image/png;base64,\"")]
    [TestCase("\"\"")]
    [TestCase("7")]
    public void Any_other_address_is_refused(string url) => Assert.That(
        ReadChat.FaultOfContent($$$$"""[{"type":"text","text":"x"},{"type":"image_url","image_url":{"url":{{{{url}}}}}}]"""),
        Is.EqualTo("messages[0].content[1].image_url.url: must be an http(s) address or a base64 data address"));

    [TestCase("""{"filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}""",
        """{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AAAA"},"title":"a.pdf"}""")]
    [TestCase("""{"file_data":"data:application/pdf;name=a;base64,AAAA"}""",
        """{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AAAA"}}""")]
    [TestCase("""{"file_data":"JVBERi0x"}""",
        """{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0x"}}""")]
    [TestCase("""{"filename":"a","file_data":"https://a/b.pdf"}""",
        """{"type":"document","source":{"type":"url","url":"https://a/b.pdf"},"title":"a"}""")]
    [TestCase("""{"file_data":"data:image/gif;base64,AAAA"}""",
        """{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"AAAA"}}""")]
    public void A_file_is_a_document(string file, string block) =>
        Assert.That(ReadChat.Blocks($$"""[{"type":"file","file":{{file}}}]"""), Is.EqualTo($"[{block}]"));

    [TestCase("""{"file_id":"file-1"}""", "is required; files by id are not known here")]
    [TestCase("""{}""", "is required; files by id are not known here")]
    [TestCase("""{"file_data":"data:text/csv;base64,AAAA"}""", "must be a PDF file or an image, as a base64 data address")]
    [TestCase("""{"file_data":"AAAA"}""", "must be a PDF file or an image, as a base64 data address")]
    public void Any_other_file_is_refused(string file, string fault) => Assert.That(
        ReadChat.FaultOfContent($$"""[{"type":"file","file":{{file}}}]"""), Is.EqualTo("messages[0].content[0].file.file_data: " + fault));

    [Test]
    public void A_mark_of_the_cache_stays() => Assert.That(
        ReadChat.Blocks("""[{"type":"image_url","image_url":{"url":"https://a"},"cache_control":{"type":"ephemeral"}}]"""),
        Is.EqualTo("""[{"type":"image","source":{"type":"url","url":"https://a"},"cache_control":{"type":"ephemeral"}}]"""));

    [Test]
    public void A_tool_may_show_an_image() => Assert.That(
        ReadChat.Messages("""[{"role":"tool","tool_call_id":"a","content":[{"type":"image_url","image_url":{"url":"https://a"}}]}]"""),
        Is.EqualTo("""[{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":[{"type":"image","source":{"type":"url","url":"https://a"}}]}]}]"""));
}
