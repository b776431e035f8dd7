namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class OtlpRulesTests
{
    [Test]
    public void Values_of_header_fields_come_from_where_they_are()
    {
        var otlp = ConfigText.Load("""{ "otlp": { "endpoint": "https://otel.example", "headers": { "Authorization": "${TOKEN}" } } }""", ("TOKEN", "Basic eA==")).Otlp;

        Assert.That(otlp.Headers.Single().Key, Is.EqualTo("Authorization"));
        Assert.That(otlp.Headers.Single().Value.Reveal().SequenceEqual("Basic eA=="u8));
    }

    [TestCase("""{ "endpoint": "https://o.example", "headers": { "a": "${NOT_SET}" } }""", "$.otlp.headers.a")]
    [TestCase("""{ "endpoint": "https://o.example", "headers": { "a": "x\ny" } }""", "$.otlp.headers.a")]
    [TestCase("""{ "endpoint": "https://o.example", "headers": { "a b": "x" } }""", "$.otlp.headers[\"a b\"]")]
    [TestCase("""{ "endpoint": "https://o.example", "headers": { "Host": "x" } }""", "$.otlp.headers.Host")]
    [TestCase("""{ "endpoint": "http://o.example", "headers": { "a": "x" } }""", "$.otlp.endpoint")]
    [TestCase("""{ "endpoint": "o.example:4318" }""", "$.otlp.endpoint")]
    [TestCase("""{ "sample_percent": 101 }""", "$.otlp.sample_percent")]
    public void What_would_not_work_or_not_be_safe_is_an_error(string otlp, string path) =>
        Assert.That(ConfigText.PathsOfErrors($$"""{ "otlp": {{otlp}} }"""), Is.EqualTo([path]));

    [Test]
    public void A_value_in_a_file_that_others_can_read_is_an_error() =>
        Assert.That(
            ConfigText.PathsOfErrors("""{ "otlp": { "endpoint": "https://o.example", "headers": { "a": "secret" } } }""", othersCanRead: true),
            Is.EqualTo(["$.otlp.headers.a"]));

    [Test]
    public void Plain_http_to_another_machine_is_fine_without_secrets() =>
        Assert.That(ConfigText.Load("""{ "otlp": { "endpoint": "http://collector.lan:4318" } }""").Otlp.Endpoint!.Host, Is.EqualTo("collector.lan"));
}
