using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Synthetic;

namespace Gateway.Tests.Core.Synthetic;

[TestFixture]
internal sealed class SchemaSampleTests
{
    [TestCase("""{"type":"string"}""", "\"some text\"")]
    [TestCase("""{"type":"string","maxLength":4}""", "\"some\"")]
    [TestCase("""{"type":"string","minLength":12}""", "\"some text...\"")]
    [TestCase("""{"type":"string","format":"date"}""", "\"2026-01-01\"")]
    [TestCase("""{"type":["null","string"]}""", "null")]
    [TestCase("""{"type":"integer"}""", "0")]
    [TestCase("""{"type":"integer","minimum":3}""", "3")]
    [TestCase("""{"type":"integer","exclusiveMinimum":3}""", "4")]
    [TestCase("""{"type":"number","maximum":-2}""", "-2")]
    [TestCase("""{"type":"boolean"}""", "false")]
    [TestCase("""{"type":"array","items":{"type":"integer"}}""", "[]")]
    [TestCase("""{"type":"array","items":{"type":"integer"},"minItems":2}""", "[0,0]")]
    [TestCase("""{"enum":["b","a"]}""", "\"b\"")]
    [TestCase("""{"const":{"x":[1]}}""", """{"x":[1]}""")]
    [TestCase("""{"type":"integer","default":9}""", "9")]
    [TestCase("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "0")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}},"required":["a"]}""", """{"a":0}""")]
    [TestCase("""{"type":"object","properties":{"a":{"$ref":"#/$defs/n"}},"required":["a"],"$defs":{"n":{"type":"boolean"}}}""", """{"a":false}""")]
    [TestCase("""{"properties":{},"required":["gone"]}""", """{"gone":"some text"}""")]
    public void The_least_that_fits_is_made_up(string schema, string sample) => Assert.That(Of(schema), Is.EqualTo(sample));

    [Test]
    public void No_schema_is_an_empty_object() => Assert.That(SchemaSample.Of(default, "x"), Is.EqualTo("{}"));

    [Test]
    public void A_schema_that_refers_to_itself_over_and_over_costs_little()
    {
        var sample = Of("""{"$defs":{"t":{"type":"object","properties":{"a":{"$ref":"#/$defs/t"},"b":{"$ref":"#/$defs/t"},"c":{"$ref":"#/$defs/t"}},"required":["a","b","c"]}},"$ref":"#/$defs/t"}""");
        Assert.That(sample, Has.Length.LessThan(50_000));
        Assert.That(JsonNode.Parse(sample, documentOptions: new JsonDocumentOptions { MaxDepth = 512 }), Is.Not.Null);
        Assert.That(JsonNode.Parse(Of("""{"$ref":"#"}""")), Is.Null);
    }

    private static string Of(string schema)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(schema));
        return SchemaSample.Of(document.RootElement, "some text");
    }
}
