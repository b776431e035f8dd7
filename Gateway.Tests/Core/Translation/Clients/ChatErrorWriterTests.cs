using System.Buffers;
using System.Text;
using Gateway.Core.Errors;
using Gateway.Core.Translation.Clients;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatErrorWriterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    [SetUp]
    public void Forget() => _output.ResetWrittenCount();

    [TestCase(400, "invalid_request_error", 400, "invalid_request_error", "null")]
    [TestCase(401, "authentication_error", 401, "authentication_error", "\"invalid_api_key\"")]
    [TestCase(402, "billing_error", 402, "insufficient_quota", "\"insufficient_quota\"")]
    [TestCase(403, "permission_error", 403, "permission_error", "null")]
    [TestCase(404, "not_found_error", 404, "not_found_error", "null")]
    [TestCase(409, "conflict_error", 409, "conflict_error", "null")]
    [TestCase(413, "request_too_large", 413, "invalid_request_error", "\"request_too_large\"")]
    [TestCase(429, "rate_limit_error", 429, "rate_limit_error", "\"rate_limit_exceeded\"")]
    [TestCase(500, "api_error", 500, "server_error", "null")]
    [TestCase(502, "api_error", 502, "server_error", "null")]
    [TestCase(504, "timeout_error", 504, "server_error", "\"timeout\"")]
    [TestCase(529, "overloaded_error", 503, "server_error", "\"overloaded\"")]
    [TestCase(200, "overloaded_error", 503, "server_error", "\"overloaded\"")]
    [TestCase(405, "something_new", 405, "invalid_request_error", "null")]
    public void Keeps_the_meaning(int status, string type, int clientStatus, string clientType, string code)
    {
        var body = $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"a \"b\""},"request_id":"r"}""";
        Assert.That(ChatErrorWriter.Write(status, Encoding.UTF8.GetBytes(body), _output), Is.EqualTo(clientStatus));
        Assert.That(Written, Is.EqualTo($$$"""{"error":{"message":"a \"b\"","type":"{{{clientType}}}","param":null,"code":{{{code}}}}}"""));
    }

    [TestCase("invalid_request_error", "prompt is too long: 9 tokens > 8 maximum", "context_length_exceeded")]
    [TestCase("not_found_error", "model: nope", "model_not_found")]
    public void Says_by_a_code_what_clients_act_on(string type, string message, string code)
    {
        ChatErrorWriter.Write(400, Encoding.UTF8.GetBytes($$$"""{"error":{"type":"{{{type}}}","message":"{{{message}}}"}}"""), _output);
        Assert.That(Written, Does.EndWith($"\"code\":\"{code}\"}}}}"));
    }

    [TestCase("<html>secret</html>")]
    [TestCase("")]
    [TestCase("{\"error\":")]
    [TestCase("{\"error\":\"text\"}")]
    public void Repeats_nothing_it_does_not_know(string body)
    {
        Assert.That(ChatErrorWriter.Write(502, Encoding.UTF8.GetBytes(body), _output), Is.EqualTo(502));
        Assert.That(Written, Is.EqualTo("""{"error":{"message":"The request failed and no reason was given.","type":"server_error","param":null,"code":null}}"""));
    }

    [Test]
    public void Writes_the_gateways_own()
    {
        Assert.That(ChatErrorWriter.Write(AnthropicErrorType.InvalidRequest, "n: \"two\"\n"u8, _output), Is.EqualTo(400));
        Assert.That(Written, Is.EqualTo("""{"error":{"message":"n: \"two\"\n","type":"invalid_request_error","param":null,"code":null}}"""));
    }

    [Test]
    public void Writes_events()
    {
        ChatErrorWriter.WriteEvent("""{"error":{"type":"overloaded_error","message":"m"}}"""u8, _output);
        ChatErrorWriter.WriteEvent(AnthropicErrorType.ApiError, "m"u8, _output);
        Assert.That(
            Written,
            Is.EqualTo(
                "data: {\"error\":{\"message\":\"m\",\"type\":\"server_error\",\"param\":null,\"code\":\"overloaded\"}}\n\n"
                + "data: {\"error\":{\"message\":\"m\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n"));
    }
}
