using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Providers;

[TestFixture]
internal sealed class ModelFactsTests
{
    private static readonly Provider Provider = new(new ProviderConfig
    {
        Name = "p",
        ContextWindow = 1_000,
        MaxOutputTokens = 100,
        Profile = new DialectProfile { ReasoningRequest = ReasoningRequest.Effort, CacheControlModels = ["b-*"] },
        ModelFacts =
        [
            new("b-*", new ModelConfig { Lacks = [RequestNeeds.Vision], MaxOutputTokens = 50 }),
            new("b-large", new ModelConfig { ContextWindow = 9_000, ReasoningRequest = ReasoningRequest.None, EffortLevels = ["high"] }),
            new("*", new ModelConfig { MaxOutputTokens = 10 }),
        ],
    });

    [TestCase("b-large", 9_000, 100, true)]
    [TestCase("b-small", 1_000, 50, false)]
    [TestCase("a", 1_000, 10, true)]
    public void The_closest_name_counts_and_the_rest_is_the_providers(string model, int window, int output, bool sees)
    {
        var facts = Provider.FactsOf(System.Text.Encoding.UTF8.GetBytes(model));
        Assert.Multiple(() =>
        {
            Assert.That((facts.ContextWindow, facts.MaxOutputTokens), Is.EqualTo((window, output)));
            Assert.That(facts.Abilities.HasFlag(RequestNeeds.Vision), Is.EqualTo(sees));
            Assert.That((facts.Profile.ContextWindow, facts.Profile.MaxOutputTokens, facts.Profile.Vision), Is.EqualTo(((long)window, (long)output, sees)));
        });
    }

    [Test]
    public void A_model_is_asked_to_think_in_its_own_way()
    {
        var large = Provider.FactsOf("b-large"u8);
        Assert.Multiple(() =>
        {
            Assert.That((large.Profile.ReasoningRequest, large.Profile.EffortLevels), Is.EqualTo((ReasoningRequest.None, (IReadOnlyList<string>)["high"])));
            Assert.That(Provider.FactsOf("a"u8).Profile.ReasoningRequest, Is.EqualTo(ReasoningRequest.Effort));
            Assert.That(Provider.ProfileFor("b-large"u8).Marks, Is.EqualTo(CacheMarks.CacheControl));
            Assert.That(Provider.ProfileFor("a"u8).Marks, Is.EqualTo(CacheMarks.None));
        });
    }
}
