using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Clients;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatChunkWriterTests
{
    private const string Head = """data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":7,"model":"mine","choices":[{"index":0,"delta":""";

    private readonly ChatChunkWriter _chunks = new();
    private readonly ArrayBufferWriter<byte> _output = new();

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    [TestCase(false, "}]}\n\n")]
    [TestCase(true, "}],\"usage\":null}\n\n")]
    public void A_chunk_is_whole(bool includesUsage, string end)
    {
        Start(includesUsage);
        _chunks.Text("content"u8, "\\n"u8);
        Assert.That(
            Written,
            Is.EqualTo(
                Head + """{"role":"assistant","content":""},"logprobs":null,"finish_reason":null""" + end
                + Head + """{"content":"\n"},"logprobs":null,"finish_reason":null""" + end));
    }

    [Test]
    public void The_last_one_says_why()
    {
        Start(includesUsage: false);
        _output.ResetWrittenCount();
        _chunks.Finish("stop"u8);
        _chunks.Done(default);
        Assert.That(Written, Is.EqualTo(Head + "{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"));
    }

    private void Start(bool includesUsage)
    {
        _output.ResetWrittenCount();
        _chunks.Begin(ChatStreams.Context(includesUsage));
        _chunks.WriteTo(_output);
        _chunks.Start("msg_1"u8, "theirs"u8);
    }
}
