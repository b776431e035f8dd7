using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>What the output writes is JSON, with commas where they belong.</summary>
[TestFixture]
internal sealed class JsonOutputTests
{
    [Test]
    public void Puts_commas_between_values() => Assert.That(
        Written(output =>
        {
            output.BeginObject();
            output.Name("a"u8);
            output.BeginArray();
            output.Number(-1);
            output.Flag(true);
            output.BeginObject();
            output.EndObject();
            output.Text("t"u8);
            output.EndArray();
            output.Name("b"u8);
            output.Raw("null"u8);
            output.EndObject();
        }),
        Is.EqualTo("""{"a":[-1,true,{},"t"],"b":null}"""));

    [Test]
    public void Puts_a_string_together_of_pieces() => Assert.That(
        Written(output =>
        {
            output.BeginText();
            output.Piece("\\u00fc\\n"u8);
            output.Escape("""{"a":"\n"}"""u8);
            output.EndText();
        }),
        Is.EqualTo("""
            "\u00fc\n{\"a\":\"\\n\"}"
            """));

    [Test]
    public void Escapes_every_byte_so_that_it_comes_back()
    {
        var text = string.Concat(Enumerable.Range(0, 0x180).Select(code => (char)code));
        var json = Written(output =>
        {
            output.BeginText();
            output.Escape(Encoding.UTF8.GetBytes(text));
            output.EndText();
        });
        Assert.That(JsonSerializer.Deserialize<string>(json), Is.EqualTo(text));
    }

    private static string Written(Action<JsonOutput> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var output = new JsonOutput();
        output.Begin(buffer);
        write(output);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
