using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class MessageStreamerTests
{
    [Test]
    public void Knows_an_empty_answer_of_either_dialect() => Assert.That(
        Streams.Message(Encoding.UTF8.GetString(MessageStreamer.EmptyAtLimit)),
        Does.Contain("\"content\":[]").And.Contain("max_tokens"));
}
