using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class BaseUrlRulesTests
{
    [TestCase("https://api.anthropic.com")]
    [TestCase("https://api.anthropic.com/")]
    [TestCase("https://api.z.ai/api/anthropic")]
    [TestCase("http://127.0.0.1:9100")]
    [TestCase("http://localhost:1")]
    [TestCase("http://[::1]:8080/x")]
    [TestCase("HTTPS://EXAMPLE.COM")]
    [TestCase("https://my_host.internal")]
    public void These_are_base_urls(string url) => Assert.That(Errors(url), Is.Empty);

    [TestCase("")]
    [TestCase("api.anthropic.com")]
    [TestCase("/v1")]
    [TestCase("ftp://example.com")]
    [TestCase("file:///etc/passwd")]
    [TestCase("https://")]
    [TestCase("https://example.com:99999")]
    [TestCase("https://example.com:0")]
    [TestCase("https://user:password@example.com")]
    [TestCase("https://example.com/?key=1")]
    [TestCase("https://example.com/?")]
    [TestCase("https://example.com/#top")]
    [TestCase(" https://example.com")]
    [TestCase("https://example.com/a b")]
    [TestCase("https:\\\\\\\\example.com")]
    [TestCase("https://example.com/\\r\\nx: y")]
    [TestCase("https://bücher.example")]
    [TestCase("https://exa{m}ple.com")]
    public void These_are_none(string url) => Assert.That(Errors(url), Is.EqualTo([BaseUrlRules.Expected]));

    [TestCase("http://example.com")]
    [TestCase("http://192.168.1.5:8000")]
    [TestCase("http://localhost.example.com")]
    [TestCase("http://0.0.0.0")]
    public void Plain_http_leaves_the_machine_only_where_the_operator_says_so(string url)
    {
        Assert.That(Errors(url).Single(), Does.Contain("\"local\": true"));
        Assert.That(Errors(url, "\"local\": true"), Is.Empty);
    }

    [TestCase("https://api.anthropic.com/v1/messages")]
    [TestCase("https://api.anthropic.com/v1/messages/")]
    public void The_path_of_an_endpoint_is_no_base_url(string url) =>
        Assert.That(Errors(url).Single(), Does.StartWith("the part before /v1/messages"));

    [Test]
    public void A_base_url_that_ends_in_the_version_is_odd() => Assert.That(
        Read("https://example.com/v1").Warnings.Single(), Is.EqualTo("$.providers.p.base_url ends in /v1: requests go to /v1/v1/messages"));

    [Test]
    public void The_password_in_a_url_is_not_told() =>
        Assert.That(Read("https://u:hunter2@example.com").Errors.Single().ToString(), Does.Not.Contain("hunter2"));

    private static IEnumerable<string> Errors(string url, string more = "\"local\": false") => Read(url, more).Errors.Select(error => error.Expected);

    private static ConfigResult Read(string url, string more = "\"local\": false") =>
        ConfigText.Read(ConfigText.ProviderNamed("p", $"\"base_url\": \"{url}\", \"auth\": \"none\", {more}"));
}
