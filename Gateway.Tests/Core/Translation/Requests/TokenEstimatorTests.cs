using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Every kind of block counts, each by what it is made of.</summary>
[TestFixture]
internal sealed class TokenEstimatorTests
{
    private static readonly string Words = string.Concat(Enumerable.Repeat("word ", 720)); // 3600 characters, 1000 tokens

    [Test]
    public void Latin_text_is_about_3_6_characters_a_token() => Assert.That(Estimate(Messages($"\"{Words}\"")), Is.EqualTo(1_004));

    [TestCase("漢", 1_000)]
    [TestCase("ж", 500)]
    [TestCase("😀", 2_000)]
    public void Other_scripts_cost_more(string letter, int tokens) => Assert.That(
        Estimate(Messages($"\"{string.Concat(Enumerable.Repeat(letter, 1_000))}\"")),
        Is.EqualTo(tokens + 4));

    [TestCase("""{"type":"text","text":"WORDS"}""")]
    [TestCase("""{"type":"thinking","thinking":"WORDS","signature":"x"}""")]
    [TestCase("""{"type":"tool_use","id":"t","name":"f","input":{"a":"WORDS"}}""")]
    [TestCase("""{"type":"tool_result","tool_use_id":"t","content":"WORDS"}""")]
    [TestCase("""{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"WORDS"}]}""")]
    [TestCase("""{"type":"document","source":{"type":"text","media_type":"text/plain","data":"WORDS"}}""")]
    [TestCase("""{"type":"document","source":{"type":"content","content":[{"type":"text","text":"WORDS"}]}}""")]
    [TestCase("""{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"WORDS"}]}""")]
    [TestCase("""{"type":"bash_code_execution_tool_result","tool_use_id":"t","content":{"type":"bash_code_execution_result","stdout":"WORDS"}}""")]
    public void Each_block_counts(string block) => Assert.That(
        Estimate(Messages($"[{block.Replace("WORDS", Words, StringComparison.Ordinal)}]")),
        Is.InRange(1_004, 1_030));

    [TestCase("""
        "system":"WORDS"
        """)]
    [TestCase("""
        "system":[{"type":"text","text":"WORDS"}]
        """)]
    [TestCase("""
        "tools":[{"name":"f","description":"WORDS","input_schema":{"type":"object"}}]
        """)]
    [TestCase("""
        "output_config":{"format":{"type":"json_schema","schema":{"description":"WORDS"}}}
        """)]
    public void What_stands_beside_the_messages_counts(string members) => Assert.That(
        Estimate(Translated.With(members.Replace("WORDS", Words, StringComparison.Ordinal))),
        Is.InRange(1_004, 1_035));

    [TestCase("""{"type":"thinking","thinking":"","signature":"WORDS"}""")]
    [TestCase("""{"type":"redacted_thinking","data":"WORDS"}""")]
    [TestCase("""{"type":"web_search_tool_result","tool_use_id":"t","content":[{"type":"web_search_result","encrypted_content":"WORDS"}]}""")]
    public void What_no_model_reads_is_free(string block) => Assert.That(
        Estimate(Messages($"[{block.Replace("WORDS", Words, StringComparison.Ordinal)}]")),
        Is.LessThan(20));

    [Test]
    public void A_deferred_tool_is_free() => Assert.That(
        Estimate(Translated.With($$"""
            "tools":[{"name":"f","description":"{{Words}}","defer_loading":true}]
            """)),
        Is.LessThan(10));

    [TestCase("""{"type":"url","url":"https://i"}""", 1_608)]
    [TestCase("""{"type":"base64","media_type":"image/png","data":"iVBORw0KGgoAAAANSUhEUgAAAgAAAAEA"}""", 182)]
    public void An_image_counts_by_its_size(string source, int tokens) => Assert.That(
        Estimate(Messages($$"""[{"type":"image","source":{{source}}}]""")),
        Is.EqualTo(tokens));

    [Test]
    public void A_pdf_counts_by_its_likely_pages() => Assert.That(
        Estimate(Messages($$$"""[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"{{{new string('A', 200_000)}}}"}}]""")),
        Is.EqualTo(9_008));

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("{\"mess")]
    public void Is_never_below_one(string request) => Assert.That(Estimate(request), Is.EqualTo(1));

    [TestCase("word", 1)]
    [TestCase("""\u0077\u006Frd""", 1)]
    [TestCase("""say \"word\" """, 5)]
    [TestCase("漢字", 2)]
    public void A_tokenizer_counts_text_without_its_escapes(string text, int tokens) => Assert.That(
        new TokenEstimator(Tokenizer.Shared).Estimate(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Messages($"\"{text}\"")))),
        Is.EqualTo(tokens + 4));

    private static string Messages(string content) => Translated.Request($$"""[{"role":"user","content":{{content}}}]""");

    private static long Estimate(string request) => new TokenEstimator().Estimate(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(request)));
}
