using Gateway.Benchmarks.Processes;

namespace Gateway.Tests.Benchmarks.Processes;

/// <summary>What a gateway says of itself, between two readings.</summary>
internal sealed class MetricsPageTests
{
    private const string Before =
        """
        # TYPE dotnet_gc_allocated_bytes_total counter
        dotnet_gc_allocated_bytes_total 1000
        dotnet_gc_collections_total{generation="0"} 3
        dotnet_gc_collections_total{generation="1"} 2
        gen_ai_client_operation_duration_seconds_bucket{provider="a",le="0.02"} 1
        gen_ai_client_operation_duration_seconds_sum{provider="a"} 1.5
        gen_ai_client_operation_duration_seconds_count{provider="a"} 1
        gateway_overhead_seconds_sum 0.0001
        gateway_overhead_seconds_count 1
        """;

    private const string After =
        """
        dotnet_gc_allocated_bytes_total 3500
        dotnet_gc_collections_total{generation="0"} 4
        gen_ai_client_operation_duration_seconds_sum{provider="a"} 2.5
        gen_ai_client_operation_duration_seconds_count{provider="a"} 2
        gen_ai_client_operation_duration_seconds_sum{provider="b"} 3
        gen_ai_client_operation_duration_seconds_count{provider="b"} 1
        gen_ai_client_operation_time_to_first_chunk_seconds_sum{provider="b"} 0.5
        gen_ai_client_operation_time_to_first_chunk_seconds_count{provider="b"} 1
        gateway_overhead_seconds_sum 0.0004
        gateway_overhead_seconds_count 3
        """;

    [Test]
    public void Counts_what_came_between_over_all_providers()
    {
        var between = (MetricsPage.Parse(After) - MetricsPage.Parse(Before))!;
        Assert.Multiple(() =>
        {
            Assert.That((between.AllocatedBytes, between.Collections), Is.EqualTo((2_500, 1)));
            Assert.That(between.Duration.Mean, Is.EqualTo(2_000_000));
            Assert.That(between.FirstChunk.Mean, Is.EqualTo(500_000));
            Assert.That(between.PerChunk.Mean, Is.Null);
            Assert.That(between.Overhead.Mean, Is.EqualTo(150).Within(1e-6));
        });
    }

    [Test]
    public void A_side_that_does_not_tell_has_no_page() =>
        Assert.That(MetricsPage.Read(null) - MetricsPage.Parse(Before), Is.Null);
}
