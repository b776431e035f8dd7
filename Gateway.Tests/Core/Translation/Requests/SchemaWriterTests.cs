namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Schemas reach strict readers whole and clean.</summary>
[TestFixture]
internal sealed class SchemaWriterTests
{
    [TestCase("""{"type":"object"}""", """{"type":"object","properties":{}}""")]
    [TestCase("""{}""", """{"type":"object","properties":{}}""")]
    [TestCase("null", """{"type":"object","properties":{}}""")]
    [TestCase("""{"$schema":"s","$id":"i","properties":{"a":{"$id":"j","type":"string"}}}""", """{"type":"object","properties":{"a":{"type":"string"}}}""")]
    public void The_root_is_an_object_with_properties(string schema, string written) => Assert.That(Written(schema), Is.EqualTo(written));

    [Test]
    public void A_property_may_be_called_like_a_keyword() => Assert.That(
        Written("""{"type":"object","properties":{"$schema":{"type":"string"},"properties":{"type":"object"}},"required":["$schema"]}"""),
        Is.EqualTo("""{"type":"object","properties":{"$schema":{"type":"string"},"properties":{"type":"object","properties":{}}},"required":["$schema"]}"""));

    [TestCase("items", """{"type":["object","null"]}""", """{"type":["object","null"],"properties":{}}""")]
    [TestCase("items", """{"type":["string","null"]}""", """{"type":["string","null"]}""")]
    [TestCase("items", """{"type":"object"}""", """{"type":"object","properties":{}}""")]
    [TestCase("anyOf", """[{"type":"object"},true]""", """[{"type":"object","properties":{}},true]""")]
    [TestCase("$defs", """{"x":{"type":"object","$id":"i"}}""", """{"x":{"type":"object","properties":{}}}""")]
    [TestCase("additionalProperties", "false", "false")]
    [TestCase("default", """{"type":"object","$id":"i"}""", """{"type":"object","$id":"i"}""")]
    [TestCase("enum", """[{"type":"object"}]""", """[{"type":"object"}]""")]
    public void Only_schemas_are_touched(string keyword, string value, string written) => Assert.That(
        Written($$"""{"type":"object","properties":{},"{{keyword}}":{{value}}}"""),
        Is.EqualTo($$"""{"type":"object","properties":{},"{{keyword}}":{{written}}}"""));

    private static string Written(string schema)
    {
        var tools = Translated.Chat(Translated.With($$"""
            "tools":[{"name":"f","input_schema":{{schema}}}]
            """)).Member("tools");
        const string Before = """[{"type":"function","function":{"name":"f","parameters":""";
        Assert.That(tools, Does.StartWith(Before));
        return tools[Before.Length..^3];
    }
}
