using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>A tool's result arrives with its text, its error and its images.</summary>
[TestFixture]
internal sealed class ToolResultWriterTests
{
    private const string Image = """{"type":"image","source":{"type":"url","url":"https://i"}}""";

    [TestCase("""
        "content":"ok"
        """, "\"ok\"")]
    [TestCase("""
        "content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]
        """, "\"a\\nb\"")]
    [TestCase("""
        "content":"not found","is_error":true
        """, "\"Error: not found\"")]
    [TestCase("""
        "content":[{"type":"text","text":"Error 5"}],"is_error":true
        """, "\"Error 5\"")]
    [TestCase("""
        "content":"<tool_use_error>x","is_error":true
        """, "\"<tool_use_error>x\"")]
    [TestCase("""
        "content":"ok","is_error":false
        """, "\"ok\"")]
    [TestCase("""
        "content":[]
        """, "\"\"")]
    [TestCase("""
        "is_error":true
        """, "\"Error: \"")]
    public void Text(string members, string content) => Assert.That(Result(members), Is.EqualTo(content));

    [TestCase(ToolImages.Inline, """[{"type":"text","text":"shot"},{"type":"image_url","image_url":{"url":"https://i"}}]""")]
    [TestCase(ToolImages.Drop, "\"shot\\n(image omitted: it can't be sent here)\"")]
    [TestCase(ToolImages.Followup, "\"shot\"")]
    public void Images(ToolImages images, string content) => Assert.That(
        Result($$"""
            "content":[{"type":"text","text":"shot"},{{Image}}]
            """, new() { ToolImages = images }),
        Is.EqualTo(content));

    [Test]
    public void Responses_may_take_images_in_the_output() => Assert.That(
        Translated.Items(Messages($$"""
            "content":[{{Image}}]
            """), new() { ToolImages = ToolImages.Inline }),
        Does.EndWith("""{"type":"function_call_output","call_id":"t","output":[{"type":"input_image","image_url":"https://i","detail":"auto"}]}]"""));

    private static string Messages(string members) =>
        $$$"""[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t",{{{members}}}}]}]""";

    private static string Result(string members, DialectProfile? profile = null)
    {
        const string Before = """{"role":"tool","tool_call_id":"t","content":""";
        var messages = Translated.Messages(Messages(members), profile);
        var start = messages.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        var end = messages.IndexOf(",{\"role\":\"user\"", start, StringComparison.Ordinal);
        return messages[start..(end < 0 ? messages.Length - 2 : end - 1)];
    }
}
