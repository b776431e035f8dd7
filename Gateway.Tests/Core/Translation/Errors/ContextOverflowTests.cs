using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class ContextOverflowTests
{
    [TestCase("This model's maximum context length is 100 tokens. However, your messages resulted in 120 tokens.", "prompt is too long: 120 tokens > 100 maximum")]
    [TestCase("Rate limit reached: maximum context length, tokens per min", null)]
    [TestCase("bad request", null)]
    public void Knows_the_words_of_providers(string message, string? expected)
    {
        var found = ContextOverflow.Message(ErrorBody.Read(Encoding.UTF8.GetBytes(message)), 7, 0);
        Assert.That(found is null ? null : Encoding.UTF8.GetString(found), Is.EqualTo(expected));
    }
}
