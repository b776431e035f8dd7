using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class ContextOverflowTests
{
    [TestCase("This model's maximum context length is 100 tokens. However, your messages resulted in 120 tokens.", "prompt is too long: 120 tokens > 100 maximum")]
    [TestCase("This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.", "prompt is too long: 130000 tokens > 128000 maximum")]
    [TestCase(
        "input length and `max_tokens` exceed context limit: 190000 + 128000 > 200000, decrease input length or `max_tokens` and try again",
        "input length and `max_tokens` exceed context limit: 190000 + 128000 > 200000, decrease input length or `max_tokens` and try again")]
    [TestCase("input length and `max_tokens` exceed context limit: 200001 + 128000 > 200000", "prompt is too long: 200001 tokens > 200000 maximum")]
    [TestCase("Your input exceeds the context window of this model. Please adjust your input and try again.", "prompt is too long: 7 tokens > 6 maximum")]
    [TestCase("This model's maximum prompt length is 131072 but the request contains 537812 tokens.", "prompt is too long: 537812 tokens > 131072 maximum")]
    [TestCase("The input (65000 tokens) is longer than the model's context length (32768 tokens).", "prompt is too long: 65000 tokens > 32768 maximum")]
    [TestCase("Prompt contains 50001 tokens and 0 draft tokens, too large for model with 32768 maximum context length", "prompt is too long: 50001 tokens > 32768 maximum")]
    [TestCase("Invalid request: Your request exceeded model token limit: 262144 (requested: 299000)", "prompt is too long: 299000 tokens > 262144 maximum")]
    [TestCase("invalid params, context window exceeds limit (2013)", "prompt is too long: 7 tokens > 6 maximum")]
    [TestCase("Prompt exceeds max length", "prompt is too long: 7 tokens > 6 maximum")]
    [TestCase("Input length (200000) exceeds model's maximum context length (131072).", "prompt is too long: 200000 tokens > 131072 maximum")]
    [TestCase("Range of input length should be [1, 129024]", "prompt is too long: 129025 tokens > 129024 maximum")]
    [TestCase("The number of tokens to keep from the initial prompt is greater than the context length.", "prompt is too long: 7 tokens > 6 maximum")]
    [TestCase("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", "prompt is too long: 1200000 tokens > 1048576 maximum")]
    [TestCase("Please reduce the length of the messages or completion. Current length is 140000 while limit is 131072", "prompt is too long: 140000 tokens > 131072 maximum")]
    [TestCase("The prompt is too long: 140000, model maximum context length: 131072", "prompt is too long: 140000 tokens > 131072 maximum")]
    [TestCase("prompt token count of 130000 exceeds the limit of 128000", "prompt is too long: 130000 tokens > 128000 maximum")]
    [TestCase("Input validation error: `inputs` must have less than 4096 tokens. Given: 5000", "prompt is too long: 5000 tokens > 4096 maximum")]
    [TestCase("the request exceeds the available context size. try increasing the context size", "prompt is too long: 7 tokens > 6 maximum")]
    [TestCase("prompt too long; exceeded max context length by 4 tokens", "prompt is too long: 7 tokens > 6 maximum")]
    [TestCase("prompt is too long: 210000 tokens > 200000 maximum", "prompt is too long: 210000 tokens > 200000 maximum")]
    [TestCase("This model's maximum context length is 131072 tokens. However, you requested 180000 tokens (52000 in the messages, 128000 in the completion).", "input length and `max_tokens` exceed context limit: 52000 + 128000 > 131072, decrease input length or `max_tokens` and try again")]
    [TestCase("This endpoint's maximum context length is 200000 tokens. However, you requested about 240000 tokens (190000 of text input, 50000 in the output).", "input length and `max_tokens` exceed context limit: 190000 + 50000 > 200000, decrease input length or `max_tokens` and try again")]
    [TestCase("'max_tokens' or 'max_completion_tokens' is too large: 32000. This model's maximum context length is 40960 tokens and your request has 12000 input tokens (32000 > 40960 - 12000).", "input length and `max_tokens` exceed context limit: 12000 + 32000 > 40960, decrease input length or `max_tokens` and try again")]
    [TestCase("You requested a total of 40000 tokens: 30000 tokens from the input messages and 10000 tokens for the completion. Requested token count exceeds the model's maximum context length of 32768 tokens.", "input length and `max_tokens` exceed context limit: 30000 + 10000 > 32768, decrease input length or `max_tokens` and try again")]
    [TestCase("inputs tokens + max_new_tokens must be <= 32768. Given: 40000 `inputs` tokens", "prompt is too long: 40000 tokens > 32768 maximum")]
    [TestCase("The decoder prompt (length 50000) is longer than the maximum model length of 32768", "prompt is too long: 50000 tokens > 32768 maximum")]
    [TestCase("You passed 32769 input tokens and requested 0 output tokens. However, the model's context length is only 32768 tokens", "prompt is too long: 32769 tokens > 32768 maximum")]
    [TestCase("Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens", "prompt is too long: 4097 tokens > 4096 maximum")]
    [TestCase("max_tokens must be at most 8192", null)]
    [TestCase("Rate limit reached: maximum context length, tokens per min", null)]
    [TestCase("bad request", null)]
    public void Knows_the_words_of_providers(string message, string? expected)
    {
        var found = ContextOverflow.Message(ErrorBody.Read(Encoding.UTF8.GetBytes(message)), 7, 0);
        Assert.That(found is null ? null : Encoding.UTF8.GetString(found), Is.EqualTo(expected));
    }

    [TestCase(98_999, 100_000, null)]
    [TestCase(99_000, 100_000, "prompt is too long: 100001 tokens > 100000 maximum")]
    [TestCase(120_000, 100_000, "prompt is too long: 120000 tokens > 100000 maximum")]
    [TestCase(120_000, 0, null)]
    public void Knows_a_window_that_is_full(long prompt, long window, string? expected)
    {
        var found = ContextOverflow.Silent(prompt, window);
        Assert.That(found is null ? null : Encoding.UTF8.GetString(found), Is.EqualTo(expected));
    }
}
