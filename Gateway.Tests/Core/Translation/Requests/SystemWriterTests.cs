using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>The system prompt leads, without what is meant for Anthropic alone.</summary>
[TestFixture]
internal sealed class SystemWriterTests
{
    [TestCase("\"be brief\"", "be brief")]
    [TestCase("""[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":""},{"type":"text","text":"b"}]""", "a\\n\\nb")]
    [TestCase("""[{"type":"text","text":"x-anthropic-billing-header: cc_version=1;"},{"type":"text","text":"b"}]""", "b")]
    public void Leads(string system, string text)
    {
        var request = Translated.With($$"""
            "system":{{system}}
            """);
        Assert.That(Translated.Chat(request).Member("messages"), Does.StartWith($$"""[{"role":"system","content":"{{text}}"},{"role":"user","""));
        Assert.That(Translated.Responses(request).Member("instructions"), Is.EqualTo($"\"{text}\""));
    }

    [TestCase("\"\"")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("""[{"type":"text","text":"x-anthropic-billing-header: cc_version=1;"}]""")]
    public void Is_left_out_if_it_says_nothing(string system)
    {
        var request = Translated.With($$"""
            "system":{{system}}
            """);
        Assert.That(Translated.Chat(request).Member("messages"), Is.EqualTo("""[{"role":"user","content":"x"}]"""));
        Assert.That(Translated.Responses(request).Member("instructions"), Is.Empty);
    }

    [Test]
    public void Tells_the_schema_where_the_provider_knows_no_other_way() => Assert.That(
        Translated.Chat(
            Translated.With("""
                "system":"s","output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}
                """),
            new() { StructuredOutputs = StructuredOutputs.JsonObject }).Member("messages"),
        Does.StartWith("""[{"role":"system","content":"s\n\nAnswer with one JSON object that fits this JSON schema, and with nothing else:\n{\"type\":\"object\"}"},"""));

    [Test]
    public void Keeps_the_marks_for_the_cache_for_models_that_go_by_them()
    {
        var profile = new DialectProfile { Marks = CacheMarks.CacheControl };
        var request = Translated.Request(
            """[{"role":"user","content":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}},{"type":"text","text":"y"}]}]""",
            """ "system":[{"type":"text","text":"a"},{"type":"text","text":"b","cache_control":{"type":"ephemeral","ttl":"1h","scope":"global"}}]""");
        Assert.Multiple(() =>
        {
            Assert.That(Translated.Chat(request, profile).Member("messages"), Is.EqualTo(
                """[{"role":"system","content":[{"type":"text","text":"a"},{"type":"text","text":"b","cache_control":{"type":"ephemeral","ttl":"1h"}}]},"""
                + """{"role":"user","content":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}},{"type":"text","text":"y"}]}]"""));
            Assert.That(Translated.Chat(request, new DialectProfile()).Json, Does.Not.Contain("cache_control"));
            Assert.That(Translated.Responses(request, profile).Json, Does.Not.Contain("cache_control"));
        });
    }
}
