using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Clients;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatUsageTests
{
    [TestCase("{\"input_tokens\":3,\"output_tokens\":4}", "", 3, 4, 0)]
    [TestCase("{\"input_tokens\":3,\"cache_read_input_tokens\":10,\"cache_creation_input_tokens\":20,\"output_tokens\":1}", "{\"output_tokens\":9}", 33, 9, 10)]
    [TestCase("{\"input_tokens\":3}", "{\"input_tokens\":5,\"cache_read_input_tokens\":null}", 5, 0, 0)]
    [TestCase("", "null", 0, 0, 0)]
    public void A_later_word_wins(string first, string later, int prompt, int completion, int cached)
    {
        var usage = default(ChatUsage);
        usage.Take(Encoding.UTF8.GetBytes(first));
        usage.Take(Encoding.UTF8.GetBytes(later));
        var written = new ArrayBufferWriter<byte>();
        var output = new JsonOutput();
        output.Begin(written);
        usage.Write(output);
        Assert.That(
            Encoding.UTF8.GetString(written.WrittenSpan),
            Is.EqualTo($$$"""{"prompt_tokens":{{{prompt}}},"completion_tokens":{{{completion}}},"total_tokens":{{{prompt + completion}}},"prompt_tokens_details":{"cached_tokens":{{{cached}}}}}"""));
    }

    [Test]
    public void Thinking_is_told_where_it_is_known()
    {
        var usage = default(ChatUsage);
        usage.Take("{\"output_tokens\":9,\"output_tokens_details\":{\"thinking_tokens\":4}}"u8);
        var written = new ArrayBufferWriter<byte>();
        var output = new JsonOutput();
        output.Begin(written);
        usage.Write(output);
        Assert.That(Encoding.UTF8.GetString(written.WrittenSpan), Does.EndWith(",\"completion_tokens_details\":{\"reasoning_tokens\":4}}"));
    }
}
