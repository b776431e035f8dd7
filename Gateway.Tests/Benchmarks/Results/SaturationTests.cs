using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

internal sealed class SaturationTests
{
    [TestCase(0.5, 0.5, 1, 0)]
    [TestCase(0.95, 0.5, 1, 1)]
    [TestCase(0.95, 0.5, 2, 0)]
    [TestCase(1.9, 0.99, 2, 2)]
    public void Whoever_is_busy_for_nearly_a_core_a_thread_is_told(double generator, double provider, int threads, int lines)
    {
        var series = Samples.Series("1k", "direct", 1);
        series = series with { Conditions = Samples.Conditions with { GeneratorThreads = threads }, Whole = series.Whole with { GeneratorCores = generator, ProviderCores = provider } };
        Assert.That(Saturation.Of([series]), Has.Count.EqualTo(lines).And.All.Contain("1k, closed loop, 32 clients, direct: "));
    }
}
