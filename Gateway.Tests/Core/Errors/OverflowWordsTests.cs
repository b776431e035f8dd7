using Gateway.Core.Errors;

namespace Gateway.Tests.Core.Errors;

[TestFixture]
internal sealed class OverflowWordsTests
{
    [TestCase("prompt is too long: 213000 tokens > 200000 maximum")]
    [TestCase("This model's maximum context length is 131072 tokens. However, you requested 140000 tokens")]
    [TestCase("Input is too long for requested model.")]
    [TestCase("input length and `max_tokens` exceed context limit: 190000 + 32000 > 200000, decrease input length or `max_tokens` and try again")]
    [TestCase("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).")]
    [TestCase("prompt token count of 130000 exceeds the limit of 128000")]
    [TestCase("Please reduce the length of the messages or completion.")]
    [TestCase("Your request exceeded model token limit: 131072")]
    [TestCase("the request exceeds the available context size. try increasing the context size")]
    [TestCase("Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300000 tokens.")]
    [TestCase("Your input exceeds the context window of this model.")]
    [TestCase("This model's maximum prompt length is 131072 but the request contains 140000 tokens.")]
    [TestCase("The total number of tokens (130000) exceeds the model's context limit")]
    [TestCase("Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens")]
    [TestCase("litellm.ContextWindowExceededError: too big")]
    [TestCase("inputs tokens + max_new_tokens must be <= 32768. Given: 40000 inputs tokens")]
    [TestCase("Range of input length should be [1, 129024]")]
    [TestCase("The decoder prompt (length 50000) is longer than the maximum model length of 32768")]
    [TestCase("context window exceeds limit (2013)")]
    [TestCase("Total tokens exceed max message tokens")]
    [TestCase("You passed 32769 input tokens and requested 0 output tokens. However, the model's context length is only 32768 tokens")]
    [TestCase("Context size has been exceeded.")]
    [TestCase("exceeded the maximum allowed input length")]
    [TestCase("too many input tokens")]
    [TestCase("The conversation is too long")]
    [TestCase("{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"no\"}}")]
    public void A_prompt_that_is_too_long_is_known_in_every_vendors_words(string message) => Assert.That(OverflowWords.Say(message));

    [TestCase("max_tokens: 128000 > 64000, which is the maximum allowed number of output tokens for claude-x")]
    [TestCase("max_tokens must be at most 8192")]
    [TestCase("Rate limit reached: maximum context length, tokens per min")]
    [TestCase("rate_limit_error: too many tokens")]
    [TestCase("messages: Field required")]
    [TestCase("tools.0.name: String should have at most 64 characters")]
    [TestCase("The image is too large")]
    [TestCase("")]
    public void Nothing_else_is_taken_for_it(string message) => Assert.That(OverflowWords.Say(message), Is.False);

    [Test]
    public void A_code_alone_says_it() => Assert.That(OverflowWords.Say("no", "invalid_request_error\n1261"));
}
