using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Clients;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatAnswerHeadTests
{
    [TestCase("msg_01Ab", "", "\"id\":\"chatcmpl-01Ab\",\"object\":\"o\",\"created\":7,\"model\":\"theirs\"")]
    [TestCase("other", "my \"own\"", "\"id\":\"chatcmpl-other\",\"object\":\"o\",\"created\":7,\"model\":\"my \\\"own\\\"\"")]
    public void Names_the_answer_and_its_model(string id, string clientModel, string head)
    {
        var written = new ArrayBufferWriter<byte>();
        var output = new JsonOutput();
        output.Begin(written);
        var context = new ChatAnswerContext { ClientModel = Encoding.UTF8.GetBytes(clientModel), CreatedAt = 7 };
        ChatAnswerHead.Write("o"u8, Encoding.UTF8.GetBytes(id), "theirs"u8, context, output);
        Assert.That(Encoding.UTF8.GetString(written.WrittenSpan), Is.EqualTo(head));
    }
}
