using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ChatDeltaTests
{
    [TestCase("""{"content":"a"}""", "Text a")]
    [TestCase("""{"content":"a\n","reasoning":null,"refusal":null,"tool_calls":[],"role":"assistant"}""", @"Text a\n")]
    [TestCase("""{"content":"","reasoning_content":"a"}""", "Thought a")]
    [TestCase("""{"reasoning":"a"}""", "Thought a")]
    [TestCase("""{"reasoning_text":"a"}""", "Thought a")]
    [TestCase("""{"tool_calls":[{"index":3,"id":"","function":{"arguments":"{"}}]}""", "Arguments { of 3")]
    [TestCase("""{"tool_calls":[{"function":{"arguments":"{"}}]}""", "Arguments { of -1")]
    public void One_string_is_its_cargo(string delta, string cargo) => Assert.That(Sole(delta), Is.EqualTo(cargo));

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"content":""}""")]
    [TestCase("""{"content":"a","reasoning":"b"}""")]
    [TestCase("""{"reasoning_content":"a","reasoning":"a"}""")]
    [TestCase("""{"content":[{"type":"text","text":"a"}]}""")]
    [TestCase("""{"reasoning":{"text":"a"}}""")]
    [TestCase("""{"content":"a","refusal":"b"}""")]
    [TestCase("""{"reasoning":"a","reasoning_details":[{"type":"reasoning.text","text":"a"}]}""")]
    [TestCase("""{"content":"a","function_call":{"arguments":"b"}}""")]
    [TestCase("""{"content":"a","tool_calls":[{"index":0,"function":{"arguments":"b"}}]}""")]
    [TestCase("""{"tool_calls":[{"index":0,"id":"c","function":{"arguments":"b"}}]}""")]
    [TestCase("""{"tool_calls":[{"index":0,"function":{"name":"n","arguments":"b"}}]}""")]
    [TestCase("""{"tool_calls":[{"index":0,"function":{"arguments":{}}}]}""")]
    [TestCase("""{"tool_calls":[{"index":0,"function":{"arguments":"a"}},{"index":1,"function":{"arguments":"b"}}]}""")]
    public void None_or_more_than_one_is_none(string delta) => Assert.That(Sole(delta), Is.EqualTo("None"));

    private static string Sole(string delta)
    {
        var cargo = new ChatDelta(Encoding.UTF8.GetBytes(delta)).Sole(out var content, out var index);
        return cargo == ChunkCargo.None ? "None" : $"{cargo} {Encoding.UTF8.GetString(content)}{(cargo == ChunkCargo.Arguments ? $" of {index}" : "")}";
    }
}
