using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class ErrorKindsTests
{
    [TestCase("invalid_request_error\nrate_limit_exceeded\n", 429)]
    [TestCase("RESOURCE_EXHAUSTED\n", 429)]
    [TestCase("resource-exhausted\n", 429)]
    [TestCase("UNAVAILABLE\n", 529)]
    [TestCase("engine_overloaded_error\n", 529)]
    [TestCase("exceeded_current_quota_error\n", 402)]
    [TestCase("DEADLINE_EXCEEDED\n", 504)]
    [TestCase("authentication_error\n", 401)]
    [TestCase("NOT_FOUND\n", 404)]
    [TestCase("BadRequestError\n", 400)]
    [TestCase("INVALID_ARGUMENT\n", 400)]
    [TestCase("invalid_prompt\n", 400)]
    [TestCase("server_error\n", 0)]
    [TestCase("", 0)]
    public void Knows_what_the_words_of_vendors_mean(string kind, int status) =>
        Assert.That(ErrorKinds.StatusOf(Encoding.UTF8.GetBytes(kind)), Is.EqualTo(status));
}
