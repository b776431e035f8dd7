using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ReasoningDetailsTests
{
    [Test]
    public void Puts_the_pieces_of_one_text_together() => Assert.That(
        Collected(),
        Does.Contain("\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"ab\",\"signature\":\"s\"},{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}]"));

    private static string Collected()
    {
        var details = new ReasoningDetails();
        details.Add("{\"type\":\"reasoning.text\",\"text\":\"a\",\"signature\":null}"u8);
        details.Add("{\"type\":\"reasoning.text\",\"text\":\"b\",\"signature\":\"s\"}"u8);
        details.Add("{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}"u8);
        return Encoding.UTF8.GetString(details.Finish());
    }
}
