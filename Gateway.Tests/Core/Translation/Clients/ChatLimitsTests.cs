using Gateway.Core.Translation.Clients;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatLimitsTests
{
    [TestCase("", "32000")]
    [TestCase("\"max_tokens\":null", "32000")]
    [TestCase("\"max_tokens\":5", "5")]
    [TestCase("\"max_completion_tokens\":6", "6")]
    [TestCase("\"max_tokens\":5,\"max_completion_tokens\":6", "6")]
    public void There_is_always_a_token_limit(string members, string limit) =>
        Assert.That(ReadChat.With(members).Member("max_tokens"), Is.EqualTo(limit));

    [Test]
    public void The_usual_limit_can_be_set() => Assert.That(
        ReadChat.From("""{"model":"m","messages":[{"role":"user","content":"x"}]}""", new ChatRequestReader(usualMaxTokens: 7)).Member("max_tokens"),
        Is.EqualTo("7"));

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("\"9\"")]
    public void Any_other_limit_is_refused(string limit) =>
        Assert.That(ReadChat.With("\"max_tokens\":" + limit).Fault, Is.EqualTo("max_completion_tokens: must be a whole number, at least 1"));

    [TestCase("0", "0")]
    [TestCase("0.70", "0.70")]
    [TestCase("1", "1")]
    [TestCase("1.7", "1")]
    [TestCase("-0.5", "0")]
    [TestCase("null", "")]
    public void Temperature_ends_at_one(string asked, string written)
    {
        Assert.That(ReadChat.With("\"temperature\":" + asked).Member("temperature"), Is.EqualTo(written));
        Assert.That(ReadChat.With("\"top_p\":" + asked).Member("top_p"), Is.EqualTo(written));
    }

    [TestCase("0.5", "0.9", "0.5", "", "top_p")]
    [TestCase("0.5", "1", "0.5", "", "")]
    [TestCase("1", "0.9", "", "0.9", "")]
    [TestCase("1.0", "1", "1.0", "", "")]
    public void Of_two_ways_to_choose_words_one_is_passed_on(string temperature, string topP, string first, string second, string dropped)
    {
        var read = ReadChat.With($"\"temperature\":{temperature},\"top_p\":{topP}");
        Assert.That((read.Member("temperature"), read.Member("top_p"), read.Dropped), Is.EqualTo((first, second, dropped)));
    }

    [TestCase("temperature")]
    [TestCase("top_p")]
    public void Sampling_is_a_number(string name) => Assert.That(ReadChat.With($"\"{name}\":\"0.5\"").Fault, Is.EqualTo(name + ": must be a number"));

    [Test]
    public void Top_k_is_kept() => Assert.That(ReadChat.With("\"top_k\":40").Member("top_k"), Is.EqualTo("40"));

    [TestCase("null", "")]
    [TestCase("\"a\\n\"", "[\"a\\n\"]")]
    [TestCase("[\"a\",\"b\",\"c\",\"d\",\"e\"]", "[\"a\",\"b\",\"c\",\"d\",\"e\"]")]
    [TestCase("[]", "[]")]
    public void Stop_strings_are_an_array(string stop, string written) =>
        Assert.That(ReadChat.With("\"stop\":" + stop).Member("stop_sequences"), Is.EqualTo(written));

    [Test]
    public void Blank_ones_would_be_refused()
    {
        var read = ReadChat.With("\"stop\":[\"\\n\",\"a\"]");
        Assert.That(read.Member("stop_sequences"), Is.EqualTo("[\"a\"]"));
        Assert.That(read.Dropped, Is.EqualTo("stop"));
    }

    [TestCase("7")]
    [TestCase("[7]")]
    [TestCase("{}")]
    public void Anything_else_is_no_stop_string(string stop) =>
        Assert.That(ReadChat.With("\"stop\":" + stop).Fault, Is.EqualTo("stop: must be a string or an array of strings"));
}
