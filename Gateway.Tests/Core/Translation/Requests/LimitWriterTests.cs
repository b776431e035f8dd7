using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Limits and sampling go to those who know them.</summary>
[TestFixture]
internal sealed class LimitWriterTests
{
    [TestCase("128000", 0, "128000")]
    [TestCase("128000", 8_192, "8192")]
    [TestCase("1e3", 0, "1000")]
    [TestCase("1e30", 0, "2147483647")]
    [TestCase("\"7\"", 0, "")]
    [TestCase("-1", 0, "")]
    public void Output_tokens_are_held_to_the_models_limit(string asked, long most, string written)
    {
        var request = $$"""{"max_tokens":{{asked}},"messages":[{"role":"user","content":"x"}]}""";
        var profile = new DialectProfile { MaxOutputTokens = most };
        Assert.That(Translated.Chat(request, profile).Member("max_tokens"), Is.EqualTo(written));
        Assert.That(Translated.Chat(request, profile with { UsesMaxCompletionTokens = true }).Member("max_completion_tokens"), Is.EqualTo(written));
        Assert.That(Translated.Responses(request, profile).Member("max_output_tokens"), Is.EqualTo(written));
    }

    [Test]
    public void Responses_is_asked_for_the_least_it_gives_where_a_client_only_looks_whether_a_model_is_there()
    {
        var request = """{"max_tokens":1,"messages":[{"role":"user","content":"x"}]}""";
        Assert.That(Translated.Responses(request).Member("max_output_tokens"), Is.EqualTo("16"));
        Assert.That(Translated.Chat(request).Member("max_tokens"), Is.EqualTo("1"));
    }

    [TestCase(true, true, "0.30", "0.9", "5")]
    [TestCase(true, false, "0.30", "0.9", "")]
    [TestCase(false, false, "", "", "")]
    public void Sampling(bool sampling, bool topK, string temperature, string topP, string top)
    {
        var translated = Translated.Chat(
            Translated.With("""
                "temperature":0.30,"top_p":0.9,"top_k":5
                """),
            new() { Sampling = sampling, TopK = topK });
        Assert.That(translated.Member("temperature"), Is.EqualTo(temperature));
        Assert.That(translated.Member("top_p"), Is.EqualTo(topP));
        Assert.That(translated.Member("top_k"), Is.EqualTo(top));
    }

    [TestCase("""["a","b"]""", true, """["a","b"]""", "")]
    [TestCase("""["a","b","c","d","e"]""", true, """["a","b","c","d"]""", "stop_sequences")]
    [TestCase("""["a"]""", false, "", "stop_sequences")]
    [TestCase("[]", true, "", "")]
    [TestCase("""["",7]""", true, "", "")]
    public void Stops(string stops, bool isKnown, string written, string dropped)
    {
        var translated = Translated.Chat(
            Translated.With($$"""
                "stop_sequences":{{stops}}
                """),
            new() { Stop = isKnown });
        Assert.That(translated.Member("stop"), Is.EqualTo(written));
        Assert.That(translated.Dropped, Is.EqualTo(dropped));
    }

    [TestCase("\"thinking\":{\"type\":\"adaptive\"}", "")]
    [TestCase("\"output_config\":{\"effort\":\"low\"}", "")]
    [TestCase("\"thinking\":{\"type\":\"disabled\"}", "[\"a\"]")]
    [TestCase("\"metadata\":{}", "[\"a\"]")]
    public void No_stop_ends_the_thinking_where_the_server_takes_it_for_the_answer(string thinking, string written)
    {
        var translated = Translated.Chat(Translated.With("\"stop_sequences\":[\"a\"]," + thinking), new() { StopWhileThinking = false });
        Assert.That(translated.Member("stop"), Is.EqualTo(written));
        Assert.That(translated.Dropped, Is.EqualTo(written.Length > 0 ? "" : "stop_sequences"));
    }

    [TestCase("standard_only", true, "\"default\"")]
    [TestCase("auto", true, "")]
    [TestCase("standard_only", false, "")]
    public void A_tier_goes_to_who_has_the_same(string tier, bool isKnown, string written)
    {
        var request = Translated.With($"\"service_tier\":\"{tier}\"");
        Assert.That(Translated.Chat(request, new() { ServiceTier = isKnown }).Member("service_tier"), Is.EqualTo(written));
        Assert.That(Translated.Responses(request, new() { ServiceTier = isKnown }).Member("service_tier"), Is.EqualTo(written));
    }

    [Test]
    public void Responses_knows_no_stops()
    {
        var translated = Translated.Responses(Translated.With("""
            "stop_sequences":["a"]
            """));
        Assert.That(translated.Member("stop"), Is.Empty);
        Assert.That(translated.Dropped, Is.EqualTo("stop_sequences"));
    }
}
