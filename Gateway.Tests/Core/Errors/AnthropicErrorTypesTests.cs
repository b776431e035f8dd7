using System.Text;
using Gateway.Core.Errors;

namespace Gateway.Tests.Core.Errors;

[TestFixture]
internal sealed class AnthropicErrorTypesTests
{
    [TestCase(400, "invalid_request_error")]
    [TestCase(401, "authentication_error")]
    [TestCase(402, "billing_error")]
    [TestCase(403, "permission_error")]
    [TestCase(404, "not_found_error")]
    [TestCase(405, "invalid_request_error")]
    [TestCase(408, "timeout_error")]
    [TestCase(409, "conflict_error")]
    [TestCase(413, "request_too_large")]
    [TestCase(431, "invalid_request_error")]
    [TestCase(429, "rate_limit_error")]
    [TestCase(500, "api_error")]
    [TestCase(502, "api_error")]
    [TestCase(503, "api_error")]
    [TestCase(504, "timeout_error")]
    [TestCase(505, "api_error")]
    [TestCase(529, "overloaded_error")]
    public void A_status_has_its_type(int status, string name) =>
        Assert.That(Encoding.UTF8.GetString(AnthropicErrorTypes.FromStatus(status).Name()), Is.EqualTo(name));

    [Test]
    public void A_type_has_a_status_that_leads_back_to_it([Values] AnthropicErrorType type) =>
        Assert.That(AnthropicErrorTypes.FromStatus(type.Status()), Is.EqualTo(type));
}
