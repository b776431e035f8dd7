using System.Text;
using Gateway.Core.Providers;

namespace Gateway.Tests.Core.Providers;

[TestFixture]
internal sealed class ModelMapTests
{
    [TestCase("haiku", "\"claude-haiku-5-5\"")]
    [TestCase("claude-opus-4-1", "\"exact\"")]
    [TestCase("claude-opus-4-2", "\"long\"")]
    [TestCase("claude-sonnet", "\"short\"")]
    [TestCase("gpt", "\"rest\"")]
    public void Exact_names_win_over_prefixes_and_long_prefixes_over_short_ones(string model, string token)
    {
        var map = Map(("*", "rest"), ("claude-*", "short"), ("claude-opus-*", "long"), ("claude-opus-4-1", "exact"), ("haiku", "claude-haiku-5-5"));
        Assert.That(Find(map, model), Is.EqualTo(token));
    }

    [Test]
    public void What_no_entry_names_stays() => Assert.That(Find(Map(("haiku", "x")), "haiku-5"), Is.Null);

    [Test]
    public void A_name_that_would_not_change_stays() => Assert.That(Find(Map(("claude-*", "claude-opus")), "claude-opus"), Is.Null);

    [TestCase("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [TestCase("org/model+x:free", "\"org/model+x:free\"")]
    [TestCase("modèle", "\"modèle\"")]
    public void A_token_escapes_what_json_demands_and_nothing_more(string name, string token) =>
        Assert.That(Find(Map(("m", name)), "m"), Is.EqualTo(token));

    [Test]
    public void A_look_allocates_nothing()
    {
        var map = Map(("claude-*", "short"), ("haiku", "x"));
        Look(map, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Look(map, 10_000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Look(ModelMap map, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            _ = map.TryMap("claude-opus"u8, out _);
            _ = map.TryMap("gpt"u8, out _);
        }
    }

    private static string? Find(ModelMap map, string model) =>
        map.TryMap(Encoding.UTF8.GetBytes(model), out var token) ? Encoding.UTF8.GetString(token.Span) : null;

    private static ModelMap Map(params (string From, string To)[] pairs) => new(pairs.Select(pair => KeyValuePair.Create(pair.From, pair.To)));
}
