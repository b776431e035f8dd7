using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation;

[TestFixture]
internal sealed class DialectProfileTests
{
    [Test]
    public void Without_a_word_a_provider_is_taken_for_a_plain_openai_server()
    {
        var profile = new DialectProfile();
        Assert.Multiple(() =>
        {
            Assert.That(profile is { Vision: true, Stop: true, Sampling: true, ToolChoiceRequired: true, ParallelToolCalls: true, MidSystem: true }, Is.True);
            Assert.That(profile is { TopK: false, StrictTools: false, UserField: false, ThinkTags: false, PdfFileParts: false }, Is.True);
            Assert.That(profile.ReasoningReplay, Is.EqualTo(ReasoningReplay.Never));
        });
    }
}
