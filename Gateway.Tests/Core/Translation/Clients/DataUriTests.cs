using System.Text;
using Gateway.Core.Translation.Clients;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class DataUriTests
{
    [TestCase("data:image/png;base64,AA", "image/png", "AA")]
    [TestCase("DATA:image/PNG;BASE64,AA", "image/PNG", "AA")]
    [TestCase("data:a/b;name=x.pdf;base64,A,A", "a/b", "A,A")]
    [TestCase("data:;base64,AA", "", "AA")]
    public void Reads_its_parts(string address, string mediaType, string data)
    {
        Assert.That(DataUri.TryRead(Encoding.UTF8.GetBytes(address), out var uri));
        Assert.That(Encoding.UTF8.GetString(uri.MediaType), Is.EqualTo(mediaType));
        Assert.That(Encoding.UTF8.GetString(uri.Data), Is.EqualTo(data));
    }

    [TestCase("")]
    [TestCase("data:")]
    [TestCase("data:,")]
    [TestCase("data:text/plain,hello")]
    [TestCase("data:base64,AA")]
    [TestCase("data:a/b;base64,")]
    [TestCase("https://a/b;base64,AA")]
    public void Reads_nothing_else(string address) => Assert.That(DataUri.TryRead(Encoding.UTF8.GetBytes(address), out _), Is.False);

    [TestCase("https://a", true)]
    [TestCase("Http://a", true)]
    [TestCase("httpx://a", false)]
    [TestCase("file:///a", false)]
    [TestCase("", false)]
    public void Knows_the_web(string address, bool isWeb) => Assert.That(DataUri.IsWeb(Encoding.UTF8.GetBytes(address)), Is.EqualTo(isWeb));
}
