using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class MessageTranslatorTests
{
    [Test]
    public void Writes_one_message() => Assert.That(
        Streams.Message("{\"choices\":[{\"message\":{\"content\":\"hi\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"A\",\"arguments\":\"\"}}]},\"finish_reason\":\"stop\"}]}"),
        Does.Contain("{\"type\":\"text\",\"text\":\"hi\"}").And.Contain("\"name\":\"A\",\"input\":{}").And.Contain("\"stop_reason\":\"tool_use\""));

    [TestCase("{\"choices\":[]}")]
    [TestCase("<html></html>")]
    [TestCase("{\"base_resp\":{\"status_code\":1008,\"status_msg\":\"no money\"}}")]
    public void Takes_nothing_else_for_an_answer(string body)
    {
        var output = new ArrayBufferWriter<byte>();
        var fault = new MessageTranslator().Translate(Encoding.UTF8.GetBytes(body), Streams.Context(), output);
        Assert.That(fault?.Status, Is.GreaterThanOrEqualTo(400));
        Assert.That(output.WrittenCount, Is.Zero);
    }
}
