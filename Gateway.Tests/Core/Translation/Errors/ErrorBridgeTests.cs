using System.Text;
using Gateway.Core.Errors;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class ErrorBridgeTests
{
    [TestCase(401, "", 502, AnthropicErrorType.ApiError)]
    [TestCase(422, "{\"detail\":[{\"msg\":\"field required\"}]}", 400, AnthropicErrorType.InvalidRequest)]
    [TestCase(429, "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"pay\"}}", 402, AnthropicErrorType.Billing)]
    [TestCase(503, "<html>", 529, AnthropicErrorType.Overloaded)]
    [TestCase(408, "", 408, AnthropicErrorType.Timeout)]
    [TestCase(400, "[{\"error\":{\"message\":\"API key not valid. Please pass a valid API key.\"}}]", 502, AnthropicErrorType.ApiError)]
    [TestCase(429, "{\"error\":{\"type\":\"exceeded_current_quota_error\",\"message\":\"m\"}}", 402, AnthropicErrorType.Billing)]
    [TestCase(429, "{\"error\":{\"code\":\"1113\",\"message\":\"m\"}}", 402, AnthropicErrorType.Billing)]
    [TestCase(429, "{\"error\":{\"code\":\"1302\",\"message\":\"m\"}}", 429, AnthropicErrorType.RateLimit)]
    [TestCase(429, "[{\"error\":{\"message\":\"You exceeded your current quota, please check your plan and billing details. Please retry in 34s.\"}}]", 429, AnthropicErrorType.RateLimit)]
    [TestCase(400, "{\"error\":{\"message\":\"Your credit balance is too low\"}}", 402, AnthropicErrorType.Billing)]
    [TestCase(200, "{\"base_resp\":{\"status_code\":1004,\"status_msg\":\"login fail\"}}", 502, AnthropicErrorType.ApiError)]
    [TestCase(400, "{\"error\":{\"code\":\"model_not_found\",\"message\":\"m\"}}", 404, AnthropicErrorType.NotFound)]
    [TestCase(413, "{\"error\":{\"message\":\"Request too large on tokens per minute (TPM)\"}}", 413, AnthropicErrorType.RequestTooLarge)]
    [TestCase(501, "", 501, AnthropicErrorType.ApiError)]
    [TestCase(418, "{}", 418, AnthropicErrorType.InvalidRequest)]
    public void Keeps_the_meaning(int status, string body, int expected, AnthropicErrorType type)
    {
        var fault = Translate(status, body);
        Assert.That((fault.Status, fault.Type), Is.EqualTo((expected, type)));
        Assert.That(Text(fault), Is.Not.Empty.And.Not.Contain("<html"));
    }

    [Test]
    public void Says_that_a_prompt_is_too_long_in_the_words_the_client_knows() => Assert.That(
        Text(Translate(400, "{\"message\":\"input (65000 tokens) is longer than the model's context length (32768 tokens)\"}")),
        Is.EqualTo("prompt is too long: 65000 tokens > 32768 maximum"));

    [TestCase(401, "", false)]
    [TestCase(402, "", false)]
    [TestCase(400, "{\"error\":{\"message\":\"Incorrect API key provided\"}}", false)]
    [TestCase(429, "", null)]
    public void Says_what_is_useless_to_repeat(int status, string body, bool? expected) =>
        Assert.That(Translate(status, body).ShouldRetry, Is.EqualTo(expected));

    [Test]
    public void Shows_no_credential() => Assert.That(
        Text(Translate(401, "{\"error\":\"bad key sk-abcdef123456 or hidden\"}")), Does.Not.Contain("abcdef").And.Not.Contain("hidden"));

    [TestCase("[{\"error\":{\"message\":\"m\",\"details\":[{\"@type\":\"x\"},{\"retryDelay\":\"33.2s\"}]}}]", 34)]
    [TestCase("{\"error\":{\"message\":\"m\",\"details\":[{\"retryDelay\":\"soon\"}]}}", -1)]
    public void Takes_the_pause_from_where_it_is_told(string body, int seconds) => Assert.That(Translate(429, body).RetryAfterSeconds, Is.EqualTo(seconds));

    [Test]
    public void Rounds_the_pause_up() => Assert.That(
        ErrorBridge.Translate(429, "{}"u8, 1200, new DialectProfile(), 0, default).RetryAfterSeconds, Is.EqualTo(2));

    private static AnthropicFault Translate(int status, string body) =>
        ErrorBridge.Translate(status, Encoding.UTF8.GetBytes(body), -1, new DialectProfile(), 10, "hidden"u8);

    private static string Text(AnthropicFault fault) => Encoding.UTF8.GetString(fault.Message.Span);
}
