using System.Text;
using System.Text.Json;
using Gateway.Core.Translation.Clients;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class AnthropicEventTests
{
    [Test]
    public void Knows_its_members()
    {
        var read = new AnthropicEvent("{\"type\":\"t\",\"index\":0,\"message\":{\"a\":1},\"content_block\":[],\"delta\": {} ,\"usage\":null}"u8);
        Assert.That(
            (Text(read.Type), Text(read.Message), Text(read.Block), Text(read.Delta), Text(read.Usage)),
            Is.EqualTo(("t", "{\"a\":1}", "[]", "{}", "null")));
    }

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("7")]
    public void Anything_else_has_none(string data) =>
        Assert.That(new AnthropicEvent(Encoding.UTF8.GetBytes(data)) is { Type.IsEmpty: true, Delta.IsEmpty: true });

    [Test]
    public void What_is_no_json_is_no_event() => Assert.That(() => new AnthropicEvent("{\"type\":"u8).Type.Length, Throws.InstanceOf<JsonException>());

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
