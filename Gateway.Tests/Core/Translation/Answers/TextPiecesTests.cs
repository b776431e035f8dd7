namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class TextPiecesTests
{
    [Test]
    public void Joins_a_surrogate_pair_that_is_cut() => Assert.That(
        Streams.Translate(Streams.Delta("\"content\":\"\\ud83d\"") + Streams.Delta("\"content\":\"\\ude00\"") + Streams.End("stop")),
        Does.Contain("\\uD83D\\uDE00").And.Not.Contain("\\uFFFD"));
}
