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

    [TestCase("{\"type\":\"reasoning.text\",\"text\":\"a\",\"index\":0}|{\"type\":\"reasoning.text\",\"text\":\"b\",\"index\":1,\"signature\":\"S\"}")]
    [TestCase("{\"type\":\"reasoning.text\",\"text\":\"a\",\"signature\":\"R\"}|{\"type\":\"reasoning.text\",\"text\":\"b\",\"signature\":\"S\"}")]
    [TestCase("{\"type\":\"reasoning.summary\",\"summary\":\"a\",\"index\":0}|{\"type\":\"reasoning.summary\",\"summary\":\"b\",\"index\":1}")]
    public void Texts_that_are_two_stay_two_each_with_its_signature(string details)
    {
        var collected = new ReasoningDetails();
        foreach (var detail in details.Split('|'))
        {
            collected.Add(Encoding.UTF8.GetBytes(detail));
        }

        Assert.That(Encoding.UTF8.GetString(collected.Finish()), Is.EqualTo($"\"reasoning_details\":[{details.Replace('|', ',')}]"));
    }
}
