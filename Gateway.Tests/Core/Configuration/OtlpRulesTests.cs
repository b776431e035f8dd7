namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class OtlpRulesTests
{
    [Test]
    public void Values_of_header_fields_come_from_where_they_are()
    {
        var otlp = ConfigText.Load("""{ "claude_gateway": { "otlp": { "endpoint": "https://otel.example", "headers": { "Authorization": "${TOKEN}" } } } }""", ("TOKEN", "Basic eA==")).Listener.Otlp;

        Assert.That(otlp.Headers.Single().Key, Is.EqualTo("Authorization"));
        Assert.That(otlp.Headers.Single().Value.Reveal().SequenceEqual("Basic eA=="u8));
    }

    [TestCase("""{ "endpoint": "https://o.example", "headers": { "a": "${NOT_SET}" } }""", "$.claude_gateway.otlp.headers.a")]
    [TestCase("""{ "endpoint": "https://o.example", "headers": { "a": "x\ny" } }""", "$.claude_gateway.otlp.headers.a")]
    [TestCase("""{ "endpoint": "https://o.example", "headers": { "a b": "x" } }""", "$.claude_gateway.otlp.headers[\"a b\"]")]
    [TestCase("""{ "endpoint": "https://o.example", "headers": { "Host": "x" } }""", "$.claude_gateway.otlp.headers.Host")]
    [TestCase("""{ "endpoint": "http://o.example", "headers": { "a": "x" } }""", "$.claude_gateway.otlp.endpoint")]
    [TestCase("""{ "endpoint": "o.example:4318" }""", "$.claude_gateway.otlp.endpoint")]
    [TestCase("""{ "sample_percent": 101 }""", "$.claude_gateway.otlp.sample_percent")]
    public void What_would_not_work_or_not_be_safe_is_an_error(string otlp, string path) =>
        Assert.That(ConfigText.PathsOfErrors($$"""{ "claude_gateway": { "otlp": {{otlp}} } }"""), Is.EqualTo([path]));

    [Test]
    public void A_value_in_a_file_that_others_can_read_is_an_error() =>
        Assert.That(
            ConfigText.PathsOfErrors("""{ "claude_gateway": { "otlp": { "endpoint": "https://o.example", "headers": { "a": "secret" } } } }""", othersCanRead: true),
            Is.EqualTo(["$.claude_gateway.otlp.headers.a"]));

    [Test]
    public void Plain_http_to_another_machine_is_fine_without_secrets() =>
        Assert.That(ConfigText.Load("""{ "claude_gateway": { "otlp": { "endpoint": "http://collector.lan:4318" } } }""").Listener.Otlp.Endpoint!.Host, Is.EqualTo("collector.lan"));
}
