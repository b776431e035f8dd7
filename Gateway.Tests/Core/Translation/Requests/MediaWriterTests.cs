using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>PDF files and images go where they are taken, and never as text.</summary>
[TestFixture]
internal sealed class MediaWriterTests
{
    private const string Base64 = """{"type":"base64","media_type":"application/pdf","data":"JVBE"}""";
    private const string Url = """{"type":"url","url":"https://e/a.pdf"}""";
    private const string Omitted = "(document omitted: this model does not support PDF files)";

    [TestCase("", "document.pdf")]
    [TestCase(""","title":null""", "document.pdf")]
    [TestCase(""","title":"a.pdf" """, "a.pdf")]
    [TestCase(""","title":"Plan \u00fc" """, "Plan \\u00fc.pdf")]
    public void A_file_has_a_name(string title, string name) => Assert.That(
        Chat(Base64, title, new() { PdfFileParts = true }),
        Is.EqualTo($$$"""[{"role":"user","content":[{"type":"file","file":{"filename":"{{{name}}}","file_data":"data:application/pdf;base64,JVBE"}}]}]"""));

    [Test]
    public void What_is_known_of_a_file_stands_before_it() => Assert.That(
        Chat(Base64, ""","context":"of 2026" """, new() { PdfFileParts = true }),
        Does.StartWith("""[{"role":"user","content":[{"type":"text","text":"of 2026"},{"type":"file","""));

    [TestCase(Base64, false)]
    [TestCase(Url, false)]
    [TestCase(Url, true)]
    public void Where_it_is_not_taken_a_word_stands_in_its_place(string source, bool files) => Assert.That(
        Chat(source, "", new() { PdfFileParts = files }),
        Is.EqualTo($$"""[{"role":"user","content":"{{Omitted}}"}]"""));

    [Test]
    public void Who_fetches_addresses_gets_the_address() => Assert.That(
        Chat(Url, "", new() { PdfFileParts = true, ReasoningRequest = ReasoningRequest.OpenRouter }),
        Does.Contain("\"file_data\":\"https://e/a.pdf\""));

    [TestCase(Base64, """{"type":"input_file","filename":"document.pdf","file_data":"data:application/pdf;base64,JVBE"}""")]
    [TestCase(Url, """{"type":"input_file","file_url":"https://e/a.pdf"}""")]
    public void In_responses(string source, string part) => Assert.That(
        Translated.Items($$"""[{"role":"user","content":[{"type":"document","source":{{source}}}]}]""", new() { PdfFileParts = true }),
        Is.EqualTo($$"""[{"type":"message","role":"user","content":[{{part}}]}]"""));

    [Test]
    public void An_image_without_data_is_told_as_omitted() => Assert.That(
        Translated.Messages("""[{"role":"user","content":[{"type":"image","source":{"type":"base64"}}]}]"""),
        Does.Contain("(image omitted: it can't be sent here)"));

    private static string Chat(string source, string members, DialectProfile profile) =>
        Translated.Messages($$"""[{"role":"user","content":[{"type":"document","source":{{source}}{{members}}}]}]""", profile);
}
