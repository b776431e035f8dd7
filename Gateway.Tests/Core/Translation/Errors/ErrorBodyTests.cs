using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class ErrorBodyTests
{
    [TestCase("[{\"error\":{\"message\":\"m\"}}]", "m")]
    [TestCase("{\"code\":\"x\",\"error\":\"m\"}", "m")]
    [TestCase("{\"error\":{\"message\":\"m\",\"metadata\":{\"raw\":\"r\"}}}", "m; r")]
    [TestCase("<html>", "")]
    [TestCase("plain", "plain")]
    public void Reads_any_shape(string body, string message) =>
        Assert.That(Encoding.UTF8.GetString(ErrorBody.Read(Encoding.UTF8.GetBytes(body)).Message), Is.EqualTo(message));
}
