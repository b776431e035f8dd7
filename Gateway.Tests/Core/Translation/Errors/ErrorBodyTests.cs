using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class ErrorBodyTests
{
    [TestCase("[{\"error\":{\"message\":\"m\"}}]", "m")]
    [TestCase("{\"code\":\"x\",\"error\":\"m\"}", "m")]
    [TestCase("{\"error\":{\"message\":\"m\",\"metadata\":{\"raw\":\"r\"}}}", "m; r")]
    [TestCase("{\"errors\":[{\"message\":\"m\"},{\"message\":\"n\"}]}", "m; n")]
    [TestCase("data: {\"error\":{\"message\":\"m\"}}\n\ndata: [DONE]\n\n", "m")]
    [TestCase("event: error\r\ndata: {\"message\":\"m\"}\r\n", "m")]
    [TestCase("event: error", "")]
    [TestCase("<html>", "")]
    [TestCase("plain", "plain")]
    public void Reads_any_shape(string body, string message) =>
        Assert.That(Encoding.UTF8.GetString(ErrorBody.Read(Encoding.UTF8.GetBytes(body)).Message), Is.EqualTo(message));
}
