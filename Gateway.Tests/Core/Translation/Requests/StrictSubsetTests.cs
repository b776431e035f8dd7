using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>A schema is called strict only if strict mode takes it as it stands.</summary>
[TestFixture]
internal sealed class StrictSubsetTests
{
    [TestCase("""{"type":"object","properties":{},"additionalProperties":false}""")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"null"}]}}},"required":["a"],"additionalProperties":false}""")]
    [TestCase("""{"type":"object","properties":{"a":{"$ref":"#/$defs/x"}},"required":["a"],"additionalProperties":false,"$defs":{"x":{"enum":[1]}}}""")]
    public void Takes_a_closed_schema(string schema) => Assert.That(Fits(schema));

    [TestCase("""{"type":"object","properties":{}}""")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string"}},"required":[],"additionalProperties":false}""")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","minLength":1}},"required":["a"],"additionalProperties":false}""")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"object"}},"required":["a"],"additionalProperties":false}""")]
    [TestCase("""{"type":"object","properties":{"a":{"allOf":[]}},"required":["a"],"additionalProperties":false}""")]
    [TestCase("""{"type":"object","properties":{"a":true},"required":["a"],"additionalProperties":false}""")]
    [TestCase("""{"type":"array","items":{"type":"string"}}""")]
    [TestCase("null")]
    public void Leaves_any_other_alone(string schema) => Assert.That(Fits(schema), Is.False);

    [Test]
    public void Leaves_one_with_too_many_properties_alone()
    {
        var names = Enumerable.Range(0, 600).Select(number => $"\"p{number}\"").ToArray();
        var properties = string.Join(',', names.Select(name => name + ":{}"));
        Assert.That(Fits($$$"""{"type":"object","properties":{{{{properties}}}},"required":[{{{string.Join(',', names)}}}],"additionalProperties":false}"""), Is.False);
    }

    private static bool Fits(string schema)
    {
        var tape = new JsonTape();
        Assert.That(tape.TryRead(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes($$"""{"s":{{schema}}}"""))));
        return StrictSubset.Fits(tape, tape.Find(JsonTape.Root, "s"u8));
    }
}
