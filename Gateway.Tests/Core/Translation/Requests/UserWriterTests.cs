namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>A provider can tell users apart and not who they are.</summary>
[TestFixture]
internal sealed class UserWriterTests
{
    [Test]
    public void A_short_id_is_sent()
    {
        var translated = Translated.Chat(With("user-1"), new() { UserField = true });
        Assert.That(translated.Member("user"), Is.EqualTo("\"user-1\""));
        Assert.That(translated.Member("prompt_cache_key"), Is.EqualTo("\"user-1\""));
    }

    [Test]
    public void A_long_one_is_hashed()
    {
        var id = string.Concat(Enumerable.Repeat("device ", 10));
        var translated = Translated.Chat(With(id), new() { UserField = true });
        Assert.That(translated.Member("user"), Does.Match("^\"[0-9a-f]{64}\"$"));
        Assert.That(translated.Member("prompt_cache_key"), Is.EqualTo(translated.Member("user")));
        Assert.That(translated.Json, Does.Not.Contain("device"));
    }

    [Test]
    public void Who_knows_no_key_for_the_cache_gets_none()
    {
        var translated = Translated.Chat(With("user-1"), new() { UserField = true, PromptCacheKey = false });
        Assert.That((translated.Member("user"), translated.Member("prompt_cache_key")), Is.EqualTo(("\"user-1\"", "")));
    }

    [Test]
    public void Who_does_not_know_the_field_gets_nothing() => Assert.That(Translated.Chat(With("user-1")).Json, Does.Not.Contain("user-1"));

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"user_id":null}""")]
    public void Without_an_id_there_is_none(string metadata) => Assert.That(
        Translated.Chat(Translated.With($$"""
            "metadata":{{metadata}}
            """), new() { UserField = true }).Member("user"),
        Is.Empty);

    private static string With(string id) => Translated.With($$"""
        "metadata":{"user_id":"{{id}}"}
        """);
}
