using System.IO.Pipelines;
using System.Text;
using Gateway.Http.Coding;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Coding;

[TestFixtureSource(typeof(Codings), nameof(Codings.All))]
internal sealed class DecodingStreamTests(ContentCoding coding)
{
    [Test]
    public async Task Each_event_comes_out_before_the_next_is_written()
    {
        var pipe = new Pipe();
        await using var decoded = DecodingStream.Open(pipe.Reader.AsStream(), coding);
        await using (var encoder = Codings.OpenEncoder(coding, pipe.Writer.AsStream(leaveOpen: true)))
        {
            for (var i = 0; i < 20; i++)
            {
                var text = $"event: ping\ndata: {{\"type\":\"ping\",\"number\":{i}}}\n\n";
                await encoder.WriteAsync(Encoding.ASCII.GetBytes(text));
                await encoder.FlushAsync();
                Assert.That(await ReadAsync(decoded, text.Length), Is.EqualTo(text));
            }
        }

        await pipe.Writer.CompleteAsync();
        Assert.That(await decoded.ReadAsync(new byte[100]).AsTask().Soon(), Is.Zero);
        Assert.That(await decoded.ReadAsync(new byte[100]).AsTask().Soon(), Is.Zero, "and stays at its end");
    }

    [Test]
    public async Task A_stream_is_at_its_end_only_when_the_coded_one_is()
    {
        var pipe = new Pipe();
        await using var decoded = DecodingStream.Open(pipe.Reader.AsStream(), coding);
        await pipe.Writer.WriteAsync(Codings.Encode(coding, "all"u8));
        Assert.That(await ReadAsync(decoded, 3), Is.EqualTo("all"));

        var last = decoded.ReadAsync(new byte[100]).AsTask();
        Assert.That(last.IsCompleted, Is.False, "something might follow");
        await pipe.Writer.CompleteAsync();
        Assert.That(await last.Soon(), Is.Zero);
    }

    [Test]
    public async Task A_stream_that_breaks_off_says_so_after_what_could_be_read()
    {
        var half = new MemoryStream();
        await using var encoder = Codings.OpenEncoder(coding, half);
        await encoder.WriteAsync("half"u8.ToArray());
        await encoder.FlushAsync();
        await using var decoded = DecodingStream.Open(new MemoryStream(half.ToArray()), coding);

        Assert.That(await ReadAsync(decoded, 4), Is.EqualTo("half"));
        Assert.That(async () => await decoded.ReadAsync(new byte[100]).AsTask().Soon(), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public async Task A_stream_of_something_else_says_so()
    {
        var pipe = new Pipe();
        await using var decoded = DecodingStream.Open(pipe.Reader.AsStream(), coding);
        await pipe.Writer.WriteAsync("event: this is not compressed\n\n"u8.ToArray());
        await pipe.Writer.CompleteAsync();
        Assert.That(async () => await decoded.ReadAsync(new byte[100]).AsTask().Soon(), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public async Task Nothing_coded_is_nothing_decoded()
    {
        await using var decoded = DecodingStream.Open(new MemoryStream(), coding);
        Assert.That(await decoded.ReadAsync(new byte[100]), Is.Zero);
    }

    private static async Task<string> ReadAsync(Stream stream, int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes).AsTask().Soon();
        return Encoding.ASCII.GetString(bytes);
    }
}
