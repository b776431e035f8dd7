using System.Buffers;
using System.Text;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>A message begins with its first content, as a string or as parts.</summary>
[TestFixture]
internal sealed class ContentWriterTests
{
    [Test]
    public void A_message_without_content_is_never_written() => Assert.That(
        Written(TranslationTarget.Chat, content => content.Begin(MessageKind.User, hasParts: false)),
        Is.Empty);

    [TestCase(false, """{"role":"user","content":"ab\nc"}""")]
    [TestCase(true, """{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"},{"type":"text","text":"c"}]}""")]
    public void Texts_are_joined_or_parts(bool hasParts, string json) => Assert.That(
        Written(TranslationTarget.Chat, content =>
        {
            content.Begin(MessageKind.User, hasParts);
            content.Lead("a"u8);
            content.Text("b"u8);
            content.Text("c"u8);
        }),
        Is.EqualTo(json));

    [TestCase(MessageKind.User, """{"type":"message","role":"user","content":[{"type":"input_text","text":"a"}]}""")]
    [TestCase(MessageKind.System, """{"type":"message","role":"developer","content":[{"type":"input_text","text":"a"}]}""")]
    [TestCase(MessageKind.Assistant, """{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"}]}""")]
    [TestCase(MessageKind.Tool, """{"type":"function_call_output","call_id":"","output":[{"type":"input_text","text":"a"}]}""")]
    public void Responses_names_things_its_own_way(object kind, string json) => Assert.That(
        Written(TranslationTarget.Responses, content =>
        {
            content.Begin((MessageKind)kind, hasParts: true);
            content.Text("a"u8);
        }),
        Is.EqualTo(json));

    private static string Written(TranslationTarget target, Action<ContentWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var context = new TranslationContext();
        context.Begin(target, new DialectProfile(), "own"u8, buffer);
        var content = new ContentWriter(context);
        write(content);
        content.End();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
