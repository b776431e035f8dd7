using System.Text;
using Gateway.Core.Providers;

namespace Gateway.Tests.Core.Providers;

[TestFixture]
internal sealed class HttpTargetTests
{
    [TestCase("https://api.anthropic.com", true, "api.anthropic.com", 443, "api.anthropic.com", "")]
    [TestCase("https://api.anthropic.com/", true, "api.anthropic.com", 443, "api.anthropic.com", "")]
    [TestCase("https://api.anthropic.com:443", true, "api.anthropic.com", 443, "api.anthropic.com", "")]
    [TestCase("https://API.Z.AI/api/anthropic/", true, "api.z.ai", 443, "api.z.ai", "/api/anthropic")]
    [TestCase("http://localhost:8000/x", false, "localhost", 8000, "localhost:8000", "/x")]
    [TestCase("http://127.0.0.1", false, "127.0.0.1", 80, "127.0.0.1", "")]
    [TestCase("http://127.0.0.1:443", false, "127.0.0.1", 443, "127.0.0.1:443", "")]
    [TestCase("http://[::1]:9100", false, "::1", 9100, "[::1]:9100", "")]
    [TestCase("https://[2001:DB8::1]", true, "2001:db8::1", 443, "[2001:db8::1]", "")]
    [TestCase("http://[fe80::1%25eth0]:80", false, "fe80::1%eth0", 80, "[fe80::1]", "")]
    [TestCase("https://bücher.example", true, "xn--bcher-kva.example", 443, "xn--bcher-kva.example", "")]
    [TestCase("https://x/ä", true, "x", 443, "x", "/%C3%A4")]
    public void A_target_is_derived_from_its_url(string url, bool isHttps, string host, int port, string hostField, string prefix)
    {
        var target = new HttpTarget(new Uri(url));
        Assert.Multiple(() =>
        {
            Assert.That(target.IsHttps, Is.EqualTo(isHttps));
            Assert.That(target.Host, Is.EqualTo(host));
            Assert.That(target.Port, Is.EqualTo(port));
            Assert.That(Encoding.ASCII.GetString(target.HostField.Span), Is.EqualTo(hostField));
            Assert.That(Encoding.ASCII.GetString(target.PathPrefix.Span), Is.EqualTo(prefix));
        });
    }
}
