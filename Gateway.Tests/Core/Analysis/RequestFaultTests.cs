using System.Text;
using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class RequestFaultTests
{
    private const string Messages = "\"messages\":[{}]";

    [TestCase("{}", "model: Field required")]
    [TestCase("{\"model\":1}", "model: Input should be a valid string")]
    [TestCase("{\"model\":\"\"}", "model: String should have at least 1 character")]
    [TestCase("{\"model\":\"a\",\"model\":\"a\"}", "model: the field must come once")]
    [TestCase("{\"model\":\"a\"}", "messages: Field required")]
    [TestCase("{\"model\":\"a\",\"messages\":[]}", "messages: at least one message is required")]
    [TestCase("{\"model\":\"a\",\"messages\":{}}", "messages: Input should be a valid list")]
    [TestCase("{\"model\":\"a\"," + Messages + "}", "max_tokens: Field required")]
    [TestCase("{\"model\":\"a\"," + Messages + ",\"max_tokens\":\"9\"}", "max_tokens: Input should be a valid integer greater than or equal to 0")]
    [TestCase("{\"model\":\"a\"," + Messages + ",\"max_tokens\":-1}", "max_tokens: Input should be a valid integer greater than or equal to 0")]
    [TestCase("{\"model\":\"a\"," + Messages + ",\"max_tokens\":1.5}", "max_tokens: Input should be a valid integer greater than or equal to 0")]
    [TestCase("{\"model\":\"a\"," + Messages + ",\"max_tokens\":0}", "")]
    [TestCase("{\"model\":\"a\"," + Messages + ",\"max_tokens\":9,\"stream\":\"yes\",\"system\":7,\"anything\":[]}", "")]
    public void Names_the_first_field_that_every_provider_would_refuse(string body, string expected) =>
        Assert.That(Encoding.UTF8.GetString(RequestFault.Find(Scans.Of(body).Result, countsTokens: false)), Is.EqualTo(expected));

    [Test]
    public void A_count_needs_no_max_tokens() =>
        Assert.That(RequestFault.Find(Scans.Of("{\"model\":\"a\"," + Messages + "}").Result, countsTokens: true).IsEmpty);

    [Test]
    public void A_model_of_more_than_256_bytes_is_refused() =>
        Assert.That(Encoding.UTF8.GetString(RequestFault.Find(Scans.Of($"{{\"model\":\"{new string('m', 257)}\",{Messages}}}").Result, false)), Does.StartWith("model: String should have at most"));
}
