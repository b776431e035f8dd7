using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Routing;

namespace Gateway.Tests.Core.Routing;

[TestFixture]
internal sealed class RoutingTableTests
{
    [TestCase("claude-opus", "default")]
    [TestCase("llama-70b", "high")]
    [TestCase("llama-7b", "low")]
    [TestCase("unknown", "default")]
    [TestCase("", "default")]
    public void The_default_provider_then_the_highest_that_names_it_then_the_default_again(string model, string name)
    {
        var routing = Over(Named("low", 10, "llama-*"), Named("default", 1, "claude-*"), Named("high", 20, "llama-70b"), Named("silent", 99));
        Assert.That(routing.ProviderFor(Encoding.UTF8.GetBytes(model)).Name, Is.EqualTo(name));
    }

    [Test]
    public void A_default_provider_without_a_list_serves_everything() =>
        Assert.That(Over(Named("other", 100, "*"), Named("default", 1)).ProviderFor("llama"u8).Name, Is.EqualTo("default"));

    [Test]
    public void Of_equals_the_first_answers() =>
        Assert.That(Over(Named("default", 1, "x"), Named("b", 5, "*"), Named("a", 5, "*")).ProviderFor("y"u8).Name, Is.EqualTo("b"));

    [Test]
    public void Other_paths_go_to_the_default_or_to_the_first_that_speaks_http()
    {
        var builtIn = new Provider(new ProviderConfig { Name = "default" });
        Assert.Multiple(() =>
        {
            Assert.That(Over(Named("a", 99), Named("default", 1)).ProviderForOtherPaths!.Name, Is.EqualTo("default"));
            Assert.That(new RoutingTable([], [builtIn, Named("a", 1), Named("b", 2)], builtIn).ProviderForOtherPaths!.Name, Is.EqualTo("b"));
            Assert.That(new RoutingTable([], [builtIn], builtIn).ProviderForOtherPaths, Is.Null);
        });
    }

    [Test]
    public void A_choice_allocates_nothing()
    {
        var routing = Over(Named("low", 10, "llama-*"), Named("default", 1, "claude-*"));
        Choose(routing, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Choose(routing, 10_000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Choose(RoutingTable routing, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            _ = routing.ProviderFor("llama-7b"u8);
        }
    }

    private static RoutingTable Over(params Provider[] providers) => new([], providers, Array.Find(providers, provider => provider.Name == "default")!);

    private static Provider Named(string name, int priority, params string[] models) => new(new ProviderConfig
    {
        Name = name,
        BaseUrl = new Uri("https://example.com"),
        PriorityScore = priority,
        Models = models,
    });
}
