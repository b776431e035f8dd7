using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>The form an answer must have reaches the provider with its schema untouched.</summary>
[TestFixture]
internal sealed class FormatWriterTests
{
    private const string Open = """{"$schema":"s","type":"object"}""";
    private const string Closed = """{"type":"object","properties":{},"additionalProperties":false}""";

    [TestCase(Open, "")]
    [TestCase(Closed, ""","strict":true""")]
    public void A_schema_is_sent_as_it_came(string schema, string strict)
    {
        var format = $$"""{"type":"json_schema","schema":{{schema}}}""";
        string[] members =
        [
            $$"""
            "output_config":{"format":{{format}}}
            """,
            $$"""
            "output_format":{{format}}
            """,
        ];
        foreach (var member in members)
        {
            var request = Translated.With(member);
            Assert.That(
                Translated.Chat(request).Member("response_format"),
                Is.EqualTo($$$"""{"type":"json_schema","json_schema":{"name":"structured_output","schema":{{{schema}}}{{{strict}}}}}"""));
            Assert.That(
                Translated.Responses(request).Member("text"),
                Is.EqualTo($$$"""{"format":{"type":"json_schema","name":"structured_output","schema":{{{schema}}}{{{strict}}}}}"""));
        }
    }

    [Test]
    public void Who_knows_json_alone_is_asked_for_that() => Assert.That(
        Chat(StructuredOutputs.JsonObject).Member("response_format"),
        Is.EqualTo("""{"type":"json_object"}"""));

    [Test]
    public void Who_knows_nothing_loses_it()
    {
        var translated = Chat(StructuredOutputs.None);
        Assert.That(translated.Member("response_format"), Is.Empty);
        Assert.That(translated.Dropped, Is.EqualTo("output_config.format"));
    }

    private static Translated Chat(StructuredOutputs outputs) => Translated.Chat(
        Translated.With($$$"""
            "output_config":{"format":{"type":"json_schema","schema":{{{Open}}}}}
            """),
        new() { StructuredOutputs = outputs });
}
