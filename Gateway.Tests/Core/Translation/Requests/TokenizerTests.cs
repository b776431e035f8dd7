using System.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>The vocabulary's own counts, and what cutting long text into pieces may cost.</summary>
[TestFixture]
internal sealed class TokenizerTests
{
    // The figures of OpenAI's own tiktoken, by which its cookbook explains how to count.
    [TestCase("", 0)]
    [TestCase("hello world", 2)]
    [TestCase("tiktoken is great!", 6)]
    [TestCase("お誕生日おめでとう", 8)]
    [TestCase("    return x;\n", 4)]
    public void Counts_as_the_vocabulary_does(string text, int tokens) =>
        Assert.That(Count(text), Is.EqualTo(tokens));

    [Test]
    public void Text_that_has_white_space_counts_the_same_in_pieces() =>
        Assert.That(Count(string.Concat(Enumerable.Repeat(" hello world", 1_000))), Is.EqualTo(2_000));

    [TestCase("a", 10_000)]
    [TestCase("漢", 10_000)]
    [TestCase("😀", 10_000)]
    [TestCase(" ", 10_000)]
    public void Text_without_a_break_counts_no_lower_than_its_pieces_together(string letter, int times)
    {
        var text = string.Concat(Enumerable.Repeat(letter, times));

        Assert.That(Count(text), Is.InRange(Count(text[..4_000]) * 2, Count(letter) * times));
    }

    [Test]
    public void Bytes_that_are_no_utf8_count_as_something() =>
        Assert.That(Tokenizer.Shared.Count(Enumerable.Repeat((byte)0x80, 2_000).ToArray()), Is.Positive);

    private static long Count(string text) => Tokenizer.Shared.Count(Encoding.UTF8.GetBytes(text));
}
