using System.Text;
using Gateway.Core.Failover;

namespace Gateway.Tests.Core.Failover;

[TestFixture]
internal sealed class FaultClassifierTests
{
    [TestCase(400, "{\"error\":{\"message\":\"messages: Field required\"}}", FaultKind.Refused)]
    [TestCase(404, "", FaultKind.Refused)]
    [TestCase(413, "<html>", FaultKind.Refused)]
    [TestCase(400, "prompt is too long: 210000 tokens > 200000 maximum", FaultKind.TooLong)]
    [TestCase(400, "This model's maximum context length is 8192 tokens", FaultKind.TooLong)]
    [TestCase(413, "Request too large: Rate limit reached, tokens per minute, maximum context", FaultKind.Refused)]
    [TestCase(400, "context_management: Extra inputs are not permitted", FaultKind.UnknownField)]
    [TestCase(400, "Unrecognized key(s) in object: 'context_management'", FaultKind.UnknownField)]
    [TestCase(422, "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"x\"],\"msg\":\"no\"}]}", FaultKind.UnknownField)]
    [TestCase(400, "Additional properties are not allowed ('x' was unexpected)", FaultKind.UnknownField)]
    [TestCase(400, "Unexpected value(s) `x-2026` for the `anthropic-beta` header", FaultKind.UnknownField)]
    [TestCase(400, "Your credit balance is too low", FaultKind.MoneyGone)]
    [TestCase(402, "", FaultKind.MoneyGone)]
    [TestCase(429, "{\"error\":{\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}}}", FaultKind.MoneyGone)]
    [TestCase(429, "{\"error\":{\"type\":\"INSUFFICIENT_QUOTA\"}}", FaultKind.MoneyGone)]
    [TestCase(429, "slow down", FaultKind.RateLimited)]
    [TestCase(401, "", FaultKind.KeyRefused)]
    [TestCase(403, "{\"error\":{\"type\":\"permission_error\",\"message\":\"Your API key does not have permission to use the specified resource.\"}}", FaultKind.KeyRefused)]
    [TestCase(403, "{\"error\":{\"status\":\"PERMISSION_DENIED\"}}", FaultKind.KeyRefused)]
    [TestCase(403, "{\"error\":\"This organization has been disabled.\"}", FaultKind.KeyRefused)]
    [TestCase(403, "", FaultKind.Forbidden)]
    [TestCase(403, "{\"error\":{\"message\":\"image input is not supported\"}}", FaultKind.Forbidden)]
    [TestCase(403, " <!DOCTYPE html><html><body>Request blocked. Contact the account's owner.</body></html>", FaultKind.Forbidden)]
    [TestCase(408, "", FaultKind.Silent)]
    [TestCase(500, "", FaultKind.ServerError)]
    [TestCase(500, "{\"error\":{\"type\":\"overloaded_error\"}}", FaultKind.Overloaded)]
    [TestCase(502, "<html>overloaded</html>", FaultKind.ServerError)]
    [TestCase(503, "", FaultKind.Overloaded)]
    [TestCase(529, "", FaultKind.Overloaded)]
    public void An_answer_means_what_its_status_and_words_say(int status, string body, FaultKind kind) =>
        Assert.That(FaultClassifier.OfAnswer(status, Encoding.UTF8.GetBytes(body)), Is.EqualTo(kind));

    [TestCase("overloaded_error", FaultKind.Overloaded)]
    [TestCase("rate_limit_error", FaultKind.RateLimited)]
    [TestCase("billing_error", FaultKind.MoneyGone)]
    [TestCase("authentication_error", FaultKind.KeyRefused)]
    [TestCase("invalid_request_error", FaultKind.Refused)]
    [TestCase("api_error", FaultKind.ServerError)]
    [TestCase("", FaultKind.ServerError)]
    public void An_error_event_means_what_its_type_says(string type, FaultKind kind) =>
        Assert.That(FaultClassifier.OfErrorType(Encoding.UTF8.GetBytes(type)), Is.EqualTo(kind));

    [TestCase("rate_limit_error", "{\"error\":{\"message\":\"Enforced_spend_limit_reached\"}}", FaultKind.MoneyGone)]
    [TestCase("rate_limit_error", "{}", FaultKind.RateLimited)]
    [TestCase("invalid_request_error", "prompt is too long: 3 tokens > 2 maximum", FaultKind.TooLong)]
    [TestCase("invalid_request_error", "{}", FaultKind.Refused)]
    [TestCase("overloaded_error", "prompt is too long", FaultKind.Overloaded)]
    public void An_error_under_200_means_what_its_type_and_words_say(string type, string body, FaultKind kind) =>
        Assert.That(FaultClassifier.OfError(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(body)), Is.EqualTo(kind));

    [Test]
    public void Every_end_of_an_attempt_means_something([Values] AttemptEnd end) =>
        Assert.That(FaultClassifier.OfAttempt(end) == FaultKind.None, Is.EqualTo(end == AttemptEnd.Answered));
}
