using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class UsageReaderTests
{
    [TestCase("{\"prompt_tokens\":10,\"completion_tokens\":\"3\",\"prompt_tokens_details\":{\"cached_tokens\":4}}", 6, 3, 4)]
    [TestCase("{\"prompt_tokens\":432,\"completion_tokens\":68,\"total_tokens\":636}", 432, 204, 0)]
    [TestCase("{\"input_tokens\":5,\"output_tokens\":1,\"prompt_cache_hit_tokens\":null}", 5, 1, 0)]
    [TestCase("{\"prompt_cache_hit_tokens\":4,\"prompt_tokens\":10,\"completion_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":null}}", 6, 1, 4)]
    [TestCase("{\"cached_tokens\":9,\"prompt_tokens\":10,\"completion_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":4}}", 6, 1, 4)]
    public void Splits_the_prompt_and_counts_reasoning(string json, long input, long output, long read)
    {
        Assert.That(UsageReader.TryRead(Encoding.UTF8.GetBytes(json), out var usage));
        Assert.That(usage, Is.EqualTo(new AnswerUsage(input, output, read, 0)));
    }

    [TestCase("{\"prompt_tokens\":1,\"completion_tokens\":9,\"completion_tokens_details\":{\"reasoning_tokens\":4}}", 4)]
    [TestCase("{\"input_tokens\":1,\"output_tokens\":9,\"output_tokens_details\":{\"reasoning_tokens\":40}}", 9)]
    [TestCase("{\"prompt_tokens\":1,\"completion_tokens\":9,\"completion_tokens_details\":null}", 0)]
    public void Thinking_is_part_of_the_output(string json, long thinking)
    {
        Assert.That(UsageReader.TryRead(Encoding.UTF8.GetBytes(json), out var usage));
        Assert.That((usage.Output, usage.Thinking), Is.EqualTo((9L, thinking)));
        Assert.That(
            Streams.Message($"{{\"choices\":[{{\"message\":{{\"content\":\"x\"}},\"finish_reason\":\"stop\"}}],\"usage\":{json}}}"),
            thinking > 0 ? Does.EndWith($",\"output_tokens_details\":{{\"thinking_tokens\":{thinking}}}}}}}") : Does.Not.Contain("details\":{"));
    }
}
