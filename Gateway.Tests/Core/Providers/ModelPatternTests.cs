using System.Text;
using Gateway.Core.Providers;

namespace Gateway.Tests.Core.Providers;

[TestFixture]
internal sealed class ModelPatternTests
{
    [TestCase("*", "", true)]
    [TestCase("*", "anything", true)]
    [TestCase("claude-*", "claude-", true)]
    [TestCase("claude-*", "claude-opus", true)]
    [TestCase("claude-*", "claude", false)]
    [TestCase("claude-*", "Claude-opus", false)]
    [TestCase("haiku", "haiku", true)]
    [TestCase("haiku", "haiku-5", false)]
    [TestCase("haiku", "haik", false)]
    public void A_pattern_is_a_name_a_beginning_or_a_star(string pattern, string model, bool matches) =>
        Assert.That(new ModelPattern(pattern).Matches(Encoding.UTF8.GetBytes(model)), Is.EqualTo(matches));
}
