namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>What has no form in OpenAI's dialect is told in words, without what is encrypted.</summary>
[TestFixture]
internal sealed class ReadableTextTests
{
    [TestCase("""{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Body"},"title":"Notes","context":"ctx"}""",
        "<document>\\n<title>Notes</title>\\n<context>ctx</context>\\nBody\\n</document>")]
    [TestCase("""{"type":"document","source":{"type":"content","content":[{"type":"text","text":"a"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},{"type":"text","text":"b"}]}}""",
        "<document>\\na\\nb\\n</document>")]
    [TestCase("""{"type":"document","source":{"type":"content","content":"a"}}""", "<document>\\na\\n</document>")]
    [TestCase("""{"type":"search_result","source":"https://e","title":"Page","content":[{"type":"text","text":"fact"}]}""",
        "<search_result>\\nPage\\nhttps://e\\nfact\\n</search_result>")]
    public void In_the_users_message(string block, string text) => Assert.That(
        Translated.Messages($$"""[{"role":"user","content":[{{block}}]}]"""),
        Is.EqualTo($$"""[{"role":"user","content":"{{text}}"}]"""));

    [TestCase("""{"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"w"}}""", "[web_search {\\\"query\\\":\\\"w\\\"}]")]
    [TestCase("""{"type":"web_search_tool_result","tool_use_id":"s","content":[{"type":"web_search_result","title":"Forecast","url":"https://w","encrypted_content":"ENC"}]}""",
        "[result]\\nForecast\\nhttps://w")]
    [TestCase("""{"type":"web_search_tool_result","tool_use_id":"s","content":{"type":"web_search_tool_result_error","error_code":"unavailable"}}""",
        "[result]\\nunavailable")]
    [TestCase("""{"type":"web_fetch_tool_result","tool_use_id":"s","content":{"type":"web_fetch_result","url":"https://w","content":{"type":"document","title":"T","source":{"type":"text","media_type":"text/plain","data":"D"}}}}""",
        "[result]\\nhttps://w\\nT\\nD")]
    [TestCase("""{"type":"bash_code_execution_tool_result","tool_use_id":"s","content":{"type":"bash_code_execution_result","stdout":"o","stderr":"e","return_code":0,"content":[]}}""",
        "[result]\\no\\ne")]
    public void In_the_models_message(string block, string text) => Assert.That(
        Translated.Messages($$"""[{"role":"assistant","content":[{{block}},{"type":"text","text":"a"}]}]"""),
        Is.EqualTo($$"""[{"role":"assistant","content":"{{text}}\na"}]"""));
}
