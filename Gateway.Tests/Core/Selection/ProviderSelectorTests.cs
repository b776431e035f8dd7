using Gateway.Core.Admission;
using Gateway.Core.Analysis;
using Gateway.Core.Configuration;
using Gateway.Core.Health;
using Gateway.Core.Providers;
using Gateway.Core.Randomness;
using Gateway.Core.Routing;
using Gateway.Core.Selection;

namespace Gateway.Tests.Core.Selection;

[TestFixture]
internal sealed class ProviderSelectorTests
{
    private const int Draws = 100_000;

    private static readonly IRequestFields NoFields = new Nothing();

    [Test]
    public void Weights_are_kept_over_many_draws([Values(SelectionPolicy.Weighted, SelectionPolicy.RoundRobin, SelectionPolicy.LeastInFlight)] SelectionPolicy policy)
    {
        var weights = policy == SelectionPolicy.Weighted ? new[] { 1, 3, 6 } : [1, 1, 1];
        var counts = Count(RouteOver(policy, sticky: false, weights), _ => 0);
        for (var i = 0; i < weights.Length; i++)
        {
            Assert.That(counts[$"p{i}"] / (double)Draws, Is.EqualTo(weights[i] / (double)weights.Sum()).Within(0.01));
        }
    }

    [Test]
    public void Conversations_are_shared_out_by_weight()
    {
        var counts = Count(RouteOver(SelectionPolicy.Weighted, sticky: true, 1, 3, 6), draw => StableHash.Of(BitConverter.GetBytes(draw)));
        Assert.That(counts["p0"] / (double)Draws, Is.EqualTo(0.1).Within(0.01));
        Assert.That(counts["p1"] / (double)Draws, Is.EqualTo(0.3).Within(0.01));
        Assert.That(counts["p2"] / (double)Draws, Is.EqualTo(0.6).Within(0.01));
    }

    [Test]
    public void A_provider_that_joins_takes_its_share_and_moves_nothing_else()
    {
        var four = RouteOver(SelectionPolicy.Weighted, sticky: true, 1, 1, 1, 1);
        var five = RouteOver(SelectionPolicy.Weighted, sticky: true, 1, 1, 1, 1, 1);
        var moved = 0;
        for (var i = 1; i <= 10_000; i++)
        {
            var before = First(four, StableHash.Of(BitConverter.GetBytes(i)));
            var after = First(five, StableHash.Of(BitConverter.GetBytes(i)));
            moved += before == after ? 0 : 1;
            Assert.That(after == before || after == "p4", Is.True, "who moves, moves to the new one");
        }

        Assert.That(moved / 10_000.0, Is.LessThanOrEqualTo(1 / 5.0 + 0.01));
    }

    [Test]
    public void A_conversation_stays_while_the_cache_of_whoever_took_over_is_warm_and_then_returns()
    {
        var route = RouteOver(SelectionPolicy.Weighted, sticky: true, 1, 1);
        var memory = new ConversationMemory();
        var conversation = 77UL;
        var home = First(route, conversation, memory, 0);
        var other = route.Targets.First(target => target.Provider.Name != home).Provider;
        memory.Note(conversation, route.Hash, new PromptCache(other.Hash, 0, 50_000), nowMs: 1_000);
        Assert.That(First(route, conversation, memory, 1_000 + ConversationMemory.WarmMs - 1), Is.EqualTo(other.Name));
        Assert.That(First(route, conversation, memory, 1_000 + ConversationMemory.WarmMs), Is.EqualTo(home));
        memory.Note(conversation, route.Hash, new PromptCache(other.Hash, 0, 50_000), nowMs: 400_000);
        memory.Forget(conversation, route.Hash);
        Assert.That(First(route, conversation, memory, 400_001), Is.EqualTo(home), "compacted");
    }

    [Test]
    public void Who_has_too_much_to_do_is_spared_for_a_moment_by_all_whose_cache_it_does_not_hold()
    {
        var route = RouteOver(SelectionPolicy.Priority, sticky: true, 1, 1);
        var state = route.Targets[0].Provider.State;
        var memory = new ConversationMemory();
        memory.Note(7, route.Hash, new PromptCache(route.Targets[0].Provider.Hash, 0, 50_000), nowMs: 0);
        state.Overloaded(1_000, -1, jitter: 0.5);
        Assert.That((First(route, 8, memory, 3_999), First(route, 8, memory, 4_000)), Is.EqualTo(("p1", "p0")), "1 to 5 s");
        Assert.That(First(route, 7, memory, 3_999), Is.EqualTo("p0"));
        state.Overloaded(10_000, 30_000, jitter: 0.5);
        Assert.That((First(route, 7, memory, 39_999), First(route, 7, memory, 40_000)), Is.EqualTo(("p1", "p0")), "its own word holds for all");
        state.Overloaded(50_000, 30_000, jitter: 0.5);
        state.Answered();
        Assert.That(First(route, 8, memory, 50_001), Is.EqualTo("p0"));
    }

    [Test]
    public void Who_is_out_of_service_is_passed_over_and_asked_only_if_nobody_else_is_there()
    {
        var route = RouteOver(SelectionPolicy.Priority, sticky: true, 1, 1);
        var circuits = route.Targets.Select(target => target.Provider.State.Circuits.For(ModelHash)).ToArray();
        Break(circuits[0], 0);
        Assert.That(First(route, 0), Is.EqualTo("p1"));
        Break(circuits[1], 1_000);
        Assert.That(First(route, 0, new ConversationMemory(), 2_000), Is.EqualTo("p0"), "it recovers first");
        Assert.That(First(route, 0, new ConversationMemory(), 5_500), Is.EqualTo("p0"), "half open");
    }

    [Test]
    public void Latency_reliability_and_load_decide_where_they_should()
    {
        var fast = RouteOver(SelectionPolicy.Latency, sticky: false, 1, 1);
        fast.Targets[0].Provider.State.FirstContent.Add(900, 0);
        fast.Targets[1].Provider.State.FirstContent.Add(300, 0);
        Assert.That(First(fast, 0), Is.EqualTo("p1"));

        var sound = RouteOver(SelectionPolicy.Reliability, sticky: false, 1, 1);
        sound.Targets[0].Provider.State.Circuits.For(ModelHash).Failed(0, -1, 0.5);
        Assert.That(First(sound, 0), Is.EqualTo("p1"));

        var idle = RouteOver(SelectionPolicy.LeastInFlight, sticky: false, 1, 1);
        idle.Targets[0].Provider.State.Enter();
        Assert.That(First(idle, 0), Is.EqualTo("p1"));
    }

    [Test]
    public void What_a_provider_cant_do_is_named()
    {
        var blind = new RouteTarget(new Provider(Config("p0") with { SupportsVision = false, SupportsTools = false }), null);
        var small = new RouteTarget(new Provider(Config("p1") with { ContextWindow = 10 }), null, group: 1);
        var terse = new RouteTarget(new Provider(Config("p2") with { MaxOutputTokens = 100 }), null, group: 2);
        var plan = new AttemptPlan();
        Plan(new Route(new RouteConfig { Name = "r" }, [blind, small, terse]), plan, 0, new ConversationMemory(), 0, RequestNeeds.Vision, 1_000, 500);
        Assert.Multiple(() =>
        {
            Assert.That(plan.HasCurrent, Is.False);
            Assert.That(plan.Candidates[0].Missing, Is.EqualTo(RequestNeeds.Vision));
            Assert.That(plan.Candidates[0].Exclusion, Is.EqualTo(Exclusion.Abilities));
            Assert.That(plan.Candidates[1].Exclusion, Is.EqualTo(Exclusion.ContextWindow));
            Assert.That(plan.Candidates[2].Exclusion, Is.EqualTo(Exclusion.OutputCap));
        });
    }

    [TestCase(Dialect.OpenAi, RequestNeeds.Vision | RequestNeeds.Documents | RequestNeeds.ServerTools, true)]
    [TestCase(Dialect.OpenAi, RequestNeeds.Vision | RequestNeeds.Tools, false)]
    [TestCase(Dialect.Anthropic, RequestNeeds.Vision, false)]
    public void Where_nobody_can_see_a_translation_says_what_was_there(Dialect dialect, RequestNeeds needs, bool isAsked)
    {
        var config = Config("p0") with { Dialect = dialect, SupportsVision = false, SupportsDocuments = false, SupportsServerTools = false, SupportsTools = false };
        var plan = new AttemptPlan();
        Plan(new Route(new RouteConfig { Name = "r" }, [new RouteTarget(new Provider(config), null)]), plan, 0, new ConversationMemory(), 0, needs, 1_000, 500);
        Assert.That(plan.HasCurrent, Is.EqualTo(isAsked));

        var seeing = new RouteTarget(new Provider(Config("p1")), null, group: 1);
        Plan(new Route(new RouteConfig { Name = "r" }, [new RouteTarget(new Provider(config), null), seeing]), plan, 0, new ConversationMemory(), 0, needs, 1_000, 500);
        Assert.That((plan.Current.Target.Provider.Name, plan.Count), Is.EqualTo(("p1", 1)), "who can goes alone");
    }

    [Test]
    public void A_larger_window_is_found_behind_the_current_one()
    {
        RouteTarget[] targets = [.. new[] { 100_000, 50_000, 200_000 }.Select((window, i) =>
            new RouteTarget(new Provider(Config($"p{i}") with { ContextWindow = window }), null, group: i))];
        var plan = new AttemptPlan();
        Plan(new Route(new RouteConfig { Name = "r" }, targets), plan, 0, new ConversationMemory(), 0);
        Assert.That(plan.HasLarger, Is.True);
        plan.AdvanceToLarger();
        Assert.That(plan.Current.Target.Provider.Name, Is.EqualTo("p2"));
        Assert.That(plan.HasLarger, Is.False);
    }

    [Test]
    public void Cost_goes_by_the_price_of_the_model_each_would_be_asked_for()
    {
        var dear = new PriceConfig { InputMicroUsd = 9 };
        var route = new Route(
            new RouteConfig { Name = "r", Policy = SelectionPolicy.Cost },
            [
                new RouteTarget(new Provider(Config("own") with { Price = new PriceConfig { InputMicroUsd = 5 } }), null),
                new RouteTarget(new Provider(Config("dear")), "dear-model"),
                new RouteTarget(new Provider(Config("cheap")), "cheap-model"),
            ]);
        var prices = new PriceTable([new("dear-*", dear), new("cheap-*", new PriceConfig { InputMicroUsd = 1, OutputMicroUsd = 5 })]);
        var plan = new AttemptPlan();
        new ProviderSelector(new Chance(1)).Plan(
            route, new SelectionRequest { Traits = Traits(default, 0, 0), ModelHash = ModelHash, Prices = prices }, new ConversationMemory(), plan);
        var order = new List<string>();
        for (; plan.HasCurrent; plan.Advance())
        {
            order.Add(plan.Current.Target.Provider.Name);
        }

        Assert.That(order, Is.EqualTo((string[])["cheap", "own", "dear"]));
    }

    [Test]
    public void A_plan_over_20_providers_allocates_nothing()
    {
        var route = RouteOver(SelectionPolicy.Weighted, sticky: true, [.. Enumerable.Repeat(1, 20)]);
        var selector = new ProviderSelector(new Chance(1));
        var memory = new ConversationMemory();
        var plan = new AttemptPlan();
        PlanMany(selector, route, memory, plan, 100);
        var least = long.MaxValue;
        for (var batch = 0; batch < 5; batch++)
        {
            // The runtime itself allocates when it replaces a method by a faster one.
            var before = GC.GetAllocatedBytesForCurrentThread();
            PlanMany(selector, route, memory, plan, 2_000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.That(least, Is.Zero);
    }

    private static ulong ModelHash => 5;

    private static void PlanMany(ProviderSelector selector, Route route, ConversationMemory memory, AttemptPlan plan, int rounds)
    {
        for (var i = 1; i <= rounds; i++)
        {
            selector.Plan(route, new SelectionRequest { Traits = Traits(default, 0, 0), Conversation = (ulong)i, ModelHash = ModelHash, NowMs = i }, memory, plan);
        }
    }

    private static void Break(CircuitBreaker circuit, long now)
    {
        for (var i = 0; i < 5; i++)
        {
            circuit.Failed(now, -1, 0.5);
        }
    }

    private static Dictionary<string, int> Count(Route route, Func<int, ulong> conversation)
    {
        var selector = new ProviderSelector(new Chance(42));
        var memory = new ConversationMemory();
        var plan = new AttemptPlan();
        var counts = route.Targets.ToDictionary(target => target.Provider.Name, _ => 0);
        for (var i = 1; i <= Draws; i++)
        {
            selector.Plan(
                route, new SelectionRequest { Traits = Traits(default, 0, 0), Conversation = conversation(i), ModelHash = ModelHash, NowMs = i }, memory, plan);
            counts[plan.Current.Target.Provider.Name]++;
        }

        return counts;
    }

    private static string First(Route route, ulong conversation) => First(route, conversation, new ConversationMemory(), 0);

    private static string First(Route route, ulong conversation, ConversationMemory memory, long now)
    {
        var plan = new AttemptPlan();
        Plan(route, plan, conversation, memory, now);
        return plan.Current.Target.Provider.Name;
    }

    private static void Plan(
        Route route, AttemptPlan plan, ulong conversation, ConversationMemory memory, long now, RequestNeeds needs = default, long tokens = 0, long most = 0) =>
        new ProviderSelector(new Chance(3)).Plan(
            route,
            new SelectionRequest { Traits = Traits(needs, tokens, most), Conversation = conversation, ModelHash = ModelHash, NowMs = now },
            memory,
            plan);

    private static RequestTraits Traits(RequestNeeds needs, long tokens, long most) =>
        new(Scanned, NoFields) { Kind = RequestKind.Main, Needs = needs, InputTokens = tokens, MaxTokens = most, Model = "m"u8 };

    private static ScannedRequest Scanned { get; } = Scan();

    private static ScannedRequest Scan()
    {
        var scanner = new RequestScanner();
        scanner.Reset();
        scanner.Feed("{\"model\":\"m\",\"messages\":[{}],\"max_tokens\":5}"u8);
        return scanner.Result;
    }

    private static Route RouteOver(SelectionPolicy policy, bool sticky, params int[] weights) => new(
        new RouteConfig { Name = "r", Policy = policy, Sticky = sticky },
        weights.Select((weight, i) => new RouteTarget(new Provider(Config($"p{i}")), null, policy == SelectionPolicy.Priority ? i : 0, weight)));

    private static ProviderConfig Config(string name) => new() { Name = name, BaseUrl = new Uri("https://example.com") };

    private sealed class Nothing : IRequestFields
    {
        public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
        {
            value = default;
            return false;
        }
    }
}
