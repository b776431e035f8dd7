using BenchmarkDotNet.Attributes;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Routing;

namespace Gateway.Benchmarks.Routing;

/// <summary>Which provider answers for a model, and how it calls it: among eight providers, the last one asked.</summary>
[MemoryDiagnoser]
public class ModelRoutingBenchmark
{
    private readonly ModelRouting _routing;
    private readonly Provider _last;

    /// <summary>Eight providers with a pattern each, none of them the default's.</summary>
    public ModelRoutingBenchmark()
    {
        Provider[] providers = [.. Enumerable.Range(0, 8).Select(Make)];
        _last = providers[0];
        _routing = new ModelRouting(providers, providers[7]);
    }

    /// <summary>The lowest score names it, so all are asked.</summary>
    [Benchmark]
    public Provider Choose() => _routing.ProviderFor("family-0-large-20260101"u8);

    /// <summary>The prefix after an exact name that does not match.</summary>
    [Benchmark]
    public bool Map() => _last.ModelMap.TryMap("family-0-large-20260101"u8, out _);

    private static Provider Make(int index) => new(new ProviderConfig
    {
        Name = $"provider-{index}",
        PriorityScore = index,
        Models = [$"family-{index}-*"],
        ModelMap = [new("haiku", "small"), new("family-*", "large")],
    });
}
