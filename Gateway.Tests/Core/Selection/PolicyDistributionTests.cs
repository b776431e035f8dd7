using Gateway.Core.Analysis;
using Gateway.Core.Configuration;
using Gateway.Core.Health;
using Gateway.Core.Providers;
using Gateway.Core.Randomness;
using Gateway.Core.Routing;
using Gateway.Core.Selection;

namespace Gateway.Tests.Core.Selection;

/// <summary>Whom each policy puts first, over 100,000 requests, within one in a hundred.</summary>
[TestFixture]
internal sealed class PolicyDistributionTests
{
    private const int Draws = 100_000;
    private const ulong Model = 5;
    private const long Now = 1_000_000;

    private static readonly ConversationMemory NoMemory = new();
    private static readonly IRequestFields NoFields = new Nothing();
    private static readonly int[] Weights = [1, 3, 6];
    private static readonly double[] ByWeight = [0.1, 0.3, 0.6];

    [Test]
    public void Equals_are_shared_out_by_weight_whatever_the_policy([Values] SelectionPolicy policy)
    {
        var expected = policy == SelectionPolicy.RoundRobin ? [1 / 3.0, 1 / 3.0, 1 / 3.0] : ByWeight;
        Expect(RouteOver(policy, Weights), expected);
    }

    [Test]
    public void Conversations_are_shared_out_by_weight_whatever_the_policy([Values] SelectionPolicy policy) =>
        Expect(RouteOver(policy, Weights, sticky: true), ByWeight, conversation: true);

    [Test]
    public void Priority_asks_those_of_the_highest_score_only()
    {
        var route = RouteOver(SelectionPolicy.Priority, Weights, (config, i) => config with { PriorityScore = i == 2 ? 1 : 2 });
        Expect(route, [0.25, 0.75, 0]);
    }

    [Test]
    public void Cost_asks_the_cheapest_only()
    {
        var route = RouteOver(SelectionPolicy.Cost, Weights, (config, i) => config with { Price = new PriceConfig { InputMicroUsd = i == 2 ? 3_000_000 : 2_999_999 } });
        Expect(route, [0.25, 0.75, 0]);
    }

    [Test]
    public void Cost_asks_last_whose_price_nobody_knows_and_what_is_local_first()
    {
        var route = RouteOver(SelectionPolicy.Cost, Weights, (config, i) => config with { Price = new PriceConfig { InputMicroUsd = i == 2 ? 3_000_000 : 0 } });
        Expect(route, [0, 0, 1]);
        Expect(RouteOver(SelectionPolicy.Cost, Weights, (config, _) => config), [0.1, 0.3, 0.6]);
        Expect(RouteOver(SelectionPolicy.Cost, [1, 1], (config, i) => config with { Local = i == 1, Price = new PriceConfig { InputMicroUsd = i == 1 ? 0 : 1 } }), [0, 1]);
    }

    [Test]
    public void Latency_asks_who_is_fastest_for_what_it_has_to_do()
    {
        var route = RouteOver(SelectionPolicy.Latency, [1, 1, 1]);
        Note(route, 900, 300, 290);
        Expect(route, [0, 0, 1]);

        // One in flight: twice as long.
        route.Targets[2].Provider.State.Enter();
        Expect(route, [0, 1, 0]);
    }

    [Test]
    public void Latency_gives_who_was_slow_once_another_chance()
    {
        var route = RouteOver(SelectionPolicy.Latency, [1, 1]);
        Note(route, 900, 400);
        Assert.That(First(route, Now + 299_000), Is.EqualTo("p1"));
        route.Targets[1].Provider.State.FirstContent.Add(400, Now + 380_000);
        Assert.That(First(route, Now + 380_000), Is.EqualTo("p0"), "less than half of what it was six minutes ago");
    }

    [Test]
    public void Least_in_flight_takes_the_less_busy_of_two()
    {
        var route = RouteOver(SelectionPolicy.LeastInFlight, [1, 1, 1]);
        Busy(route, 0, 1, 2);
        Expect(route, [2 / 3.0, 1 / 3.0, 0]);
    }

    [Test]
    public void Least_in_flight_goes_by_load_for_its_weight()
    {
        var route = RouteOver(SelectionPolicy.LeastInFlight, [1, 4]);
        Busy(route, 2, 7);
        Expect(route, [0, 1]);
        Busy(route, 0, 2);
        Expect(route, [1, 0]);
    }

    [Test]
    public void Reliability_asks_who_fails_least()
    {
        var route = RouteOver(SelectionPolicy.Reliability, Weights);
        for (var i = 0; i < 100; i++)
        {
            foreach (var (target, failsEvery) in route.Targets.ToArray().Zip([0, 50, 25]))
            {
                Answer(target, fails: failsEvery > 0 && i % failsEvery == 0);
            }
        }

        Expect(route, [1, 0, 0]);
    }

    [TestCase(2_100, 0, 0, 0, ExpectedResult = "p1", TestName = "Balanced_weighs_latency")]
    [TestCase(1_900, 0, 0, 0, ExpectedResult = "p0", TestName = "Balanced_weighs_latency_against_the_others")]
    [TestCase(0, 4, 0, 0, ExpectedResult = "p1", TestName = "Balanced_weighs_failures")]
    [TestCase(0, 0, 5_100_000, 0, ExpectedResult = "p1", TestName = "Balanced_weighs_the_price")]
    [TestCase(0, 0, 0, 9, ExpectedResult = "p1", TestName = "Balanced_weighs_load")]
    public string Balanced_weighs(int latencyMs, int failuresOfTen, long price, int inFlight)
    {
        // Each figure beside what balances it at p1: 2 s, two failures of ten and a price, or load that count as much.
        var route = RouteOver(SelectionPolicy.Balanced, [1, 1], (config, i) => config with { Price = new PriceConfig { InputMicroUsd = i == 0 ? price : price > 0 ? 5_000_000 : 0 } });
        Note(route, latencyMs, latencyMs > 0 ? 2_000 : 0);
        for (var i = 0; i < 10; i++)
        {
            Answer(route.Targets[0], fails: i < failuresOfTen);
            Answer(route.Targets[1], fails: i < failuresOfTen - 2);
        }

        Busy(route, inFlight, inFlight > 0 ? 8 : 0);
        return First(route, Now);
    }

    [Test]
    public void Balanced_adds_it_up_as_documented()
    {
        // 0.4 x 1000/2000 = 0.2 against 0.2 x 5/5 = 0.2 and a little load.
        var route = RouteOver(SelectionPolicy.Balanced, [1, 1], (config, i) => config with { Price = new PriceConfig { InputMicroUsd = i * 5_000_000 } });
        Note(route, 1_000, 0);
        Busy(route, 0, 1);
        Expect(route, [1, 0]);
        Note(route, 1_100, 0);
        Expect(route, [0, 1]);
    }

    [TestCase(SelectionPolicy.Priority, 5_000, 1 / 3.0)]
    [TestCase(SelectionPolicy.Weighted, 5_000, 1 / 3.0)]
    [TestCase(SelectionPolicy.Weighted, 0, 0.1 / 1.1)]
    [TestCase(SelectionPolicy.Weighted, 9_999, 0.5)]
    [TestCase(SelectionPolicy.RoundRobin, 5_000, 0.25)]
    [TestCase(SelectionPolicy.RoundRobin, 0, 0.05)]
    [TestCase(SelectionPolicy.LeastInFlight, 5_000, 1 / 3.0)]
    [TestCase(SelectionPolicy.Cost, 5_000, 1 / 3.0)]
    [TestCase(SelectionPolicy.Reliability, 5_000, 1 / 3.0)]
    [TestCase(SelectionPolicy.Latency, 5_000, 1 / 3.0)]
    [TestCase(SelectionPolicy.Balanced, 5_000, 1 / 3.0)]
    public void Who_has_just_come_back_begins_slowly(SelectionPolicy policy, long sinceMs, double share)
    {
        var route = RouteOver(policy, [1, 1]);
        Recover(route.Targets[0], Now - sinceMs);
        Expect(route, [share, 1 - share]);
    }

    [TestCase(SelectionPolicy.Latency)]
    [TestCase(SelectionPolicy.Balanced)]
    public void Who_is_better_but_has_just_come_back_is_first_again_when_its_share_makes_up_for_it(SelectionPolicy policy)
    {
        var route = RouteOver(policy, [1, 1]);
        Recover(route.Targets[0], Now);
        Note(route, 200, 300);
        Assert.That((First(route, Now + 6_500), First(route, Now + 6_800)), Is.EqualTo(("p1", "p0")), "at two thirds");
    }

    [Test]
    public void Conversations_come_back_at_once()
    {
        var route = RouteOver(SelectionPolicy.Weighted, [1, 1], sticky: true);
        Recover(route.Targets[0], Now);
        Expect(route, [0.5, 0.5], conversation: true);
    }

    [Test]
    public void The_turns_of_one_that_is_out_are_shared_by_all()
    {
        var route = RouteOver(SelectionPolicy.RoundRobin, [1, 1, 1, 1]);
        Break(route.Targets[1], Now - 1);
        Expect(route, [1 / 3.0, 0, 1 / 3.0, 1 / 3.0]);
    }

    [Test]
    public void A_provider_that_leaves_moves_its_own_conversations_only_and_by_weight()
    {
        var all = RouteOver(SelectionPolicy.Weighted, [2, 1, 3, 6], sticky: true);
        var less = RouteOver(SelectionPolicy.Weighted, [2, 1, 3, 6], sticky: true);
        Break(less.Targets[3], Now - 1);
        var taken = new int[3];
        var moved = 0;
        for (var i = 1UL; i <= Draws; i++)
        {
            var (before, after) = (First(all, Now, Spread(i)), First(less, Now, Spread(i)));
            if (before == "p3")
            {
                taken[after[1] - '0']++;
            }
            else
            {
                moved += after == before ? 0 : 1;
            }
        }

        Assert.That(moved, Is.Zero);
        Assert.That(taken.Sum() / (double)Draws, Is.EqualTo(0.5).Within(0.01), "no more than its share");
        Assert.That(taken.Select(count => count / (double)taken.Sum()), Is.EqualTo((double[])[2 / 6.0, 1 / 6.0, 3 / 6.0]).Within(0.01));
    }

    [Test]
    public void Keys_share_conversations_by_weight_and_only_those_of_a_group_that_rests_move()
    {
        var provider = new Provider(new ProviderConfig
        {
            Name = "p",
            BaseUrl = new Uri("https://example.com"),
            Keys = [.. Weights.Select((weight, i) => new KeyConfig { Value = new Secret($"key-{i}"), Weight = weight, LimitGroup = $"g{i}" })],
        });
        var keys = provider.Keys.ToArray().ToList();
        var counts = new int[3];
        var before = new int[Draws];
        for (var i = 0; i < Draws; i++)
        {
            counts[before[i] = KeyOf(i)]++;
        }

        Assert.That(counts.Select(count => count / (double)Draws), Is.EqualTo(ByWeight).Within(0.01));

        provider.Keys[1].State.Cool(Now + 1);
        Assert.That(Enumerable.Range(0, Draws).Count(i => KeyOf(i) != before[i]), Is.EqualTo(counts[1]), "those and no others");

        int KeyOf(int i) => keys.IndexOf(KeyChoice.For(provider, Spread((ulong)i + 1), default, Now));
    }

    private static void Expect(Route route, double[] shares, bool conversation = false)
    {
        var selector = new ProviderSelector(new Chance(42));
        var plan = new AttemptPlan();
        var counts = new int[shares.Length];
        for (var i = 1UL; i <= Draws; i++)
        {
            selector.Plan(route, Request(Now, conversation ? Spread(i) : 0), NoMemory, plan);
            counts[plan.Current.Target.Provider.Name[1] - '0']++;
        }

        Assert.That(counts.Select(count => count / (double)Draws), Is.EqualTo(shares).Within(0.01));
    }

    private static string First(Route route, long now, ulong conversation = 0)
    {
        var plan = new AttemptPlan();
        new ProviderSelector(new Chance(3)).Plan(route, Request(now, conversation), NoMemory, plan);
        return plan.Current.Target.Provider.Name;
    }

    private static void Note(Route route, params double[] latencies)
    {
        foreach (var (target, latency) in route.Targets.ToArray().Zip(latencies))
        {
            target.Provider.State.FirstContent.Add(latency, Now);
        }
    }

    private static void Busy(Route route, params int[] inFlight)
    {
        foreach (var (target, count) in route.Targets.ToArray().Zip(inFlight))
        {
            var state = target.Provider.State;
            for (; state.InFlight > count; state.Leave())
            {
            }

            for (; state.InFlight < count; state.Enter())
            {
            }
        }
    }

    private static void Answer(RouteTarget target, bool fails)
    {
        var circuit = CircuitOf(target);
        if (fails)
        {
            circuit.Failed(Now, -1, 0.5);
        }
        else
        {
            circuit.Succeeded(Now);
        }
    }

    private static void Break(RouteTarget target, long at)
    {
        for (var i = 0; i < 5; i++)
        {
            CircuitOf(target).Failed(at, -1, 0.5);
        }
    }

    private static void Recover(RouteTarget target, long at)
    {
        Break(target, at - 6_000);
        Assert.That(CircuitOf(target).TryEnter(at), Is.True);
        CircuitOf(target).Succeeded(at);
    }

    private static CircuitBreaker CircuitOf(RouteTarget target) => target.Provider.State.Circuits.For(Model);

    private static ulong Spread(ulong number) => StableHash.Of(BitConverter.GetBytes(number));

    private static SelectionRequest Request(long now, ulong conversation) => new()
    {
        Traits = new RequestTraits(Scanned, NoFields) { Kind = RequestKind.Main, Model = "m"u8 },
        Conversation = conversation,
        ModelHash = Model,
        NowMs = now,
    };

    private static ScannedRequest Scanned { get; } = Scan();

    private static ScannedRequest Scan()
    {
        var scanner = new RequestScanner();
        scanner.Reset();
        scanner.Feed("{\"model\":\"m\",\"messages\":[{}],\"max_tokens\":5}"u8);
        return scanner.Result;
    }

    private static Route RouteOver(SelectionPolicy policy, int[] weights, Func<ProviderConfig, int, ProviderConfig>? with = null, bool sticky = false) => new(
        new RouteConfig { Name = "r", Policy = policy, Sticky = sticky },
        weights.Select((weight, i) =>
        {
            var config = new ProviderConfig { Name = $"p{i}", BaseUrl = new Uri("https://example.com") };
            return new RouteTarget(new Provider(with is null ? config : with(config, i)), null, group: 0, weight);
        }));

    private sealed class Nothing : IRequestFields
    {
        public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
        {
            value = default;
            return false;
        }
    }
}
