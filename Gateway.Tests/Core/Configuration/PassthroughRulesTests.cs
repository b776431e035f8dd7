namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class PassthroughRulesTests
{
    [TestCase("/")]
    [TestCase("/raw")]
    [TestCase("/raw/deep")]
    [TestCase("/anthropics")]
    [TestCase("/healthy")]
    [TestCase("/v1.0~x@y")]
    public void These_are_prefixes(string prefix) => Assert.That(Errors(Route(prefix)), Is.Empty);

    [TestCase("")]
    [TestCase("raw")]
    [TestCase("/raw/")]
    [TestCase("//raw")]
    [TestCase("/a//b")]
    [TestCase("/a/../b")]
    [TestCase("/./a")]
    [TestCase("/a b")]
    [TestCase("/a?b")]
    [TestCase("/%61")]
    [TestCase("/ä")]
    public void These_are_none(string prefix) => Assert.That(Errors(Route(prefix)), Is.EqualTo(["$.passthrough[0].prefix"]));

    [TestCase("/anthropic")]
    [TestCase("/anthropic/v1")]
    [TestCase("/health")]
    [TestCase("/api")]
    [TestCase("/api/hello")]
    public void What_the_gateway_answers_itself_is_taken(string prefix) =>
        Assert.That(Errors(Route(prefix)), Is.EqualTo(["$.passthrough[0].prefix"]));

    [Test]
    public void Two_routes_do_not_share_a_prefix() =>
        Assert.That(Errors($"{Route("/raw")}, {Route("/raw")}"), Is.EqualTo(["$.passthrough[1].prefix"]));

    [Test]
    public void A_prefix_may_lie_under_another() => Assert.That(Errors($"{Route("/raw")}, {Route("/raw/deep")}"), Is.Empty);

    [Test]
    public void Prefix_and_base_url_are_required() =>
        Assert.That(Errors("{}"), Is.EquivalentTo(["$.passthrough[0].prefix", "$.passthrough[0].base_url"]));

    [Test]
    public void Plain_http_to_another_machine_needs_a_word() => Assert.Multiple(() =>
    {
        Assert.That(Errors("""{ "prefix": "/raw", "base_url": "http://example.com" }"""), Is.EqualTo(["$.passthrough[0].base_url"]));
        Assert.That(Errors("""{ "prefix": "/raw", "base_url": "http://example.com", "local": true }"""), Is.Empty);
    });

    private static string Route(string prefix) => $$"""{ "prefix": "{{prefix}}", "base_url": "http://127.0.0.1:9199" }""";

    private static IEnumerable<string> Errors(string routes) => ConfigText.PathsOfErrors($$"""{ "passthrough": [ {{routes}} ] }""");
}
