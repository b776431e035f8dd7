using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class ErrorShapeTests
{
    [TestCase("{\"error\":\"text\"}", true)]
    [TestCase("{\"error\":null}", false)]
    [TestCase("{\"detail\":[{\"msg\":\"m\"}]}", true)]
    [TestCase("{\"message\":\"m\",\"code\":\"wrong_api_format\"}", true)]
    [TestCase("{\"message\":\"m\",\"type\":\"server_error\"}", true)]
    [TestCase("{\"message\":\"m\",\"type\":\"status\",\"code\":null}", false)]
    [TestCase("{\"code\":5}", false)]
    [TestCase("{\"base_resp\":{\"status_code\":0}}", false)]
    [TestCase("{\"base_resp\":{\"status_code\":1002}}", true)]
    [TestCase("[{\"error\":{}}]", true)]
    [TestCase("[1,\"x\"]", false)]
    public void Tells_an_error_from_what_nobody_knows(string payload, bool expected) =>
        Assert.That(ErrorShape.Matches(Encoding.UTF8.GetBytes(payload)), Is.EqualTo(expected));
}
