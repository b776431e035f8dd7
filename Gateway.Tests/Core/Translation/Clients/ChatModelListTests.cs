using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Clients;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatModelListTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    [SetUp]
    public void Forget() => _output.ResetWrittenCount();

    [Test]
    public void Lists_the_models()
    {
        Assert.That(ChatModelList.Write(
            """{"data":[{"type":"model","id":"a/b","display_name":"A","created_at":"2026-01-02T03:04:05Z"},{"id":"c","created_at":"soon"},{"id":"d"}],"has_more":false}"""u8,
            _output));
        Assert.That(
            Written,
            Is.EqualTo(
                """{"object":"list","data":[{"id":"a/b","object":"model","created":1767323045,"owned_by":"gateway"},"""
                + """{"id":"c","object":"model","created":0,"owned_by":"gateway"},{"id":"d","object":"model","created":0,"owned_by":"gateway"}]}"""));
    }

    [Test]
    public void May_be_empty()
    {
        Assert.That(ChatModelList.Write("""{"data":[]}"""u8, _output));
        Assert.That(Written, Is.EqualTo("""{"object":"list","data":[]}"""));
    }

    [Test]
    public void Shows_one_model()
    {
        Assert.That(ChatModelList.WriteOne("""{"type":"model","id":"c","created_at":"1970-01-01T00:00:09Z"}"""u8, _output));
        Assert.That(Written, Is.EqualTo("""{"id":"c","object":"model","created":9,"owned_by":"gateway"}"""));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{\"data\":7}")]
    [TestCase("{\"error\":{}}")]
    public void Takes_nothing_else_for_one(string body)
    {
        Assert.That(ChatModelList.Write(Encoding.UTF8.GetBytes(body), _output), Is.False);
        Assert.That(ChatModelList.WriteOne(Encoding.UTF8.GetBytes(body), _output), Is.False);
        Assert.That(Written, Is.Empty);
    }
}
