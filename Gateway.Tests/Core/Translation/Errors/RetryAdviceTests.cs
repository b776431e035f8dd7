using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class RetryAdviceTests
{
    [TestCase("", "1500", "", 2)]
    [TestCase("3600", "", "", 60)]
    [TestCase("", "", "try again in 35.9s", 36)]
    [TestCase("", "", "no", -1)]
    public void Rounds_up_and_never_asks_for_more_than_a_minute(string seconds, string milliseconds, string message, int expected) =>
        Assert.That(
            RetryAdvice.Seconds(Encoding.UTF8.GetBytes(seconds), Encoding.UTF8.GetBytes(milliseconds), Encoding.UTF8.GetBytes(message)),
            Is.EqualTo(expected));
}
